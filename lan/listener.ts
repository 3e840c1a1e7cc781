import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { plainAddress } from './names.ts'
import { type Routes, routes } from './routes.ts'

/** A shop's screens, each with its page's six connections and its line. */
const MOST_CONNECTIONS = 512
const MOST_CONNECTIONS_OF_ONE_ADDRESS = 32

export type Listener = {
  readonly port: number
  /** A new certificate, for connections from now on. */
  renew(identity: { readonly key: string; readonly cert: string }): void
  close(): Promise<void>
}

/** HTTPS on the shop's network. Rejects with the system's error when the address or the port cannot be had. */
export async function listen(
  ports: Routes & {
    readonly address: string | null
    readonly port: number
    readonly identity: { readonly key: string; readonly cert: string }
  },
): Promise<Listener> {
  const answer = routes(ports)
  const { key, cert } = ports.identity
  const server = createServer(
    {
      key,
      cert,
      minVersion: 'TLSv1.2',
      handshakeTimeout: 10_000,
      headersTimeout: 10_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 15_000,
      maxHeaderSize: 8 * 1_024,
    },
    (request, response) => void answer(request, response),
  )
  server.maxConnections = MOST_CONNECTIONS
  server.maxHeadersCount = 64
  const sockets = boundConnections(server)
  // A client that breaks off its handshake is nothing to tell.
  server.on('tlsClientError', (_error, socket) => void socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: ports.port, host: ports.address ?? '0.0.0.0' }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  server.on('error', () => undefined)
  return {
    port: (server.address() as AddressInfo).port,
    renew: identity => server.setSecureContext(identity),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** Before the handshake, so that one address cannot keep the others out. */
function boundConnections(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>()
  const byAddress = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress ?? '')
    const count = (byAddress.get(address) ?? 0) + 1
    if (count > MOST_CONNECTIONS_OF_ONE_ADDRESS) {
      socket.destroy()
      return
    }
    byAddress.set(address, count)
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      sockets.delete(socket)
      const left = (byAddress.get(address) ?? 1) - 1
      if (left > 0) byAddress.set(address, left)
      else byAddress.delete(address)
    })
  })
  return sockets
}
