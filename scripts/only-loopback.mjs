import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'

/**
 * Preloaded into a program (`node --import`) by tests: every name that it looks up and every address that it connects to is
 * written to the file KAIKEI_DESTINATIONS, one a line, and only loopback is let through.
 */
const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

function note(host) {
  appendFileSync(process.env.KAIKEI_DESTINATIONS, `${host}\n`)
  if (!LOOPBACK.includes(host)) throw new Error(`this program may not leave loopback, and asked for ${host}`)
}

/** Node's own callers pass one array of arguments; others an object, or a port and a host. A pipe of this machine has no host. */
function hostOf(args) {
  const [first, second] = args.flat()
  if (typeof first === 'object' && first !== null)
    return first.path ? 'localhost' : (first.host ?? 'localhost')
  return typeof second === 'string' ? second : 'localhost'
}

const { connect } = Socket.prototype
Socket.prototype.connect = function noted(...args) {
  note(hostOf(args))
  return connect.apply(this, args)
}

for (const names of [dns, dns.promises]) {
  for (const [name, ask] of Object.entries(names)) {
    if (typeof ask !== 'function' || !/^(lookup|resolve|reverse)/.test(name)) continue
    names[name] = (host, ...rest) => {
      note(host)
      return ask.call(names, host, ...rest)
    }
  }
}

// Nothing of ours speaks UDP, so any of it is somewhere else.
dgram.Socket.prototype.send = () => note('UDP')

syncBuiltinESMExports()
