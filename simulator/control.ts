import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type * as z from 'zod'
import { addAccountsControl } from './accounts/control.ts'
import { readFaults } from './faults.ts'
import { fileWish } from './reconciliationFile.ts'
import type { Simulator } from './simulator.ts'
import { aboutSwitches, changedSwitches } from './switches.ts'

/**
 * The simulator's own endpoints under /_simulator/: what the phone page, the tests and a developer's curl use. Answers are
 * JSON; a refusal is `{"error": "<sentence>"}`, or `{"error", "problems": [sentence, …]}` for input that is wrong.
 */
export function addControl(app: FastifyInstance, simulator: Simulator, nowMs: () => number): void {
  const listeners = new Set<FastifyReply>()
  addAccountsControl(app, simulator)

  app.get<{ Querystring: { limit?: string } }>('/_simulator/codes', (request, reply) => {
    const { limit } = request.query
    if (limit === undefined) return simulator.codes()
    if (!/^[1-9]\d{0,5}$/.test(limit)) return refuse(reply, ['limit: a whole number from 1'])
    return simulator.codes().slice(0, Number(limit))
  })
  app.post<{ Params: { codeId: string; act: string } }>(
    '/_simulator/codes/:codeId/:act',
    (request, reply) => {
      const { codeId, act } = request.params
      if (act !== 'scan' && act !== 'approve' && act !== 'decline')
        return reply.code(404).send({ error: `a phone cannot ${act}; it can scan, approve and decline` })
      const result = simulator.phone(codeId, act)
      const code = simulator.codes().find(candidate => candidate.codeId === codeId) ?? null
      const status = result.done ? 200 : result.outcome === 'unknownCode' ? 404 : 409
      return reply.code(status).send({ ...result, code })
    },
  )

  app.get('/_simulator/faults', () => simulator.faults.list())
  app.put('/_simulator/faults', (request, reply) => {
    const read = readFaults(request.body)
    if (!read.ok) return refuse(reply, read.problems)
    simulator.faults.set(read.value)
    return simulator.faults.list()
  })
  app.delete('/_simulator/faults', () => {
    simulator.faults.set([])
    return []
  })

  app.get('/_simulator/switches', () => simulator.switches)
  app.get('/_simulator/switches/about', () => aboutSwitches)
  app.put('/_simulator/switches', (request, reply) => {
    const changed = changedSwitches(simulator.switches, request.body)
    if (!changed.ok) return refuse(reply, changed.problems)
    simulator.switches = changed.value
    return simulator.switches
  })

  app.get('/_simulator/book', () => simulator.bookReport())
  app.get('/_simulator/reconciliation-file', (request, reply) => {
    const wish = fileWish.safeParse(request.query)
    if (!wish.success) return refuse(reply, wish.error.issues.map(sentenceOf))
    const { name, bytes } = simulator.reconciliationFile(wish.data)
    return reply
      .type(`text/csv; charset=${wish.data.flaw === 'utf8' ? 'UTF-8' : 'Shift_JIS'}`)
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(Buffer.from(bytes))
  })
  app.get('/_simulator/requests', () => simulator.seen)

  app.get('/_simulator/events', (_request, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    reply.raw.write(eventOf(simulator, nowMs()))
    listeners.add(reply)
    reply.raw.on('close', () => listeners.delete(reply))
  })
  const unlisten = simulator.listen(() => {
    if (listeners.size === 0) return
    const event = eventOf(simulator, nowMs())
    for (const listener of listeners) listener.raw.write(event)
  })
  app.addHook('onClose', async () => unlisten())
}

/**
 * Only this machine, only under the names of this server (a page that had its own name point to 127.0.0.1 would otherwise
 * be let in), and no page of another site. Answers with a sentence where a request may not come in.
 */
export function whyNotAdmitted(request: FastifyRequest, port: number): string | null {
  const peer = request.raw.socket.remoteAddress ?? ''
  if (!['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(peer))
    return 'The simulator is controlled from its own machine only.'
  const names = [`127.0.0.1:${port}`, `localhost:${port}`]
  if (!names.includes(request.headers.host ?? ''))
    return `The Host header has to be ${names.join(' or ')}; use the phoneUrl that was printed at the start.`
  const { origin } = request.headers
  if (
    origin !== undefined &&
    !names.some(name => origin === `http://${name}` || origin === `https://${name}`)
  )
    return 'Pages of other sites may not control the simulator.'
  return null
}

const MOST_CODES_IN_EVENT = 50

/** Server-sent event `codes`: the newest codes whole, on connecting and at every change. */
function eventOf(simulator: Simulator, nowMs: number): string {
  const { capturedYen, returnedYen, keptYen } = simulator.bookReport()
  const codes = simulator.codes().slice(0, MOST_CODES_IN_EVENT)
  const data = { nowMs, codes, sums: { capturedYen, returnedYen, keptYen } }
  return `event: codes\ndata: ${JSON.stringify(data)}\n\n`
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  return `${issue.path.map(String).join('.') || 'the query'}: ${issue.message}`
}

function refuse(reply: FastifyReply, problems: readonly string[]): FastifyReply {
  return reply.code(400).send({ error: problems.join('; '), problems })
}
