import { createHmac } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { jstDaySpan, jstText } from './businessTime.ts'
import { type FileWish, fileWish } from './reconciliationFile.ts'
import type { Simulator } from './simulator.ts'

const HOUR_MS = 3_600_000
/** An address that a webhook names is good for so long; the file itself is kept for a week (OPA, File linkage specifications). */
const URL_GOOD_MS = 2 * HOUR_MS
const KEPT_MS = 7 * 24 * HOUR_MS
/** Files are announced "between 1:30 and 10:00"; the simulator does it at 1:30 in Japan. */
const READY_AFTER_MS = 1.5 * HOUR_MS

type Wish = Pick<FileWish, 'day' | 'form'>
type Clock = {
  readonly nowMs: () => number
  readonly after: (delayMs: number, callback: () => void) => void
}

/** Where file.created leads: the day's file under a signed address, without the API's signature, as PayPay serves it. */
export class FileServer {
  readonly #simulator: Simulator
  readonly #clock: Clock
  readonly #secret: string
  /** Set once the server listens. */
  baseUrl = ''

  constructor(simulator: Simulator, clock: Clock, secret: string) {
    this.#simulator = simulator
    this.#clock = clock
    this.#secret = secret
  }

  /** Tells of yesterday's files each day at 1:30 in Japan, for as long as somebody listens. */
  announceDaily(): void {
    const { nowMs, after } = this.#clock
    const today = jstText(nowMs()).slice(0, 10)
    const ahead = [0, 1].map(days => jstDaySpan(today, days).fromMs + READY_AFTER_MS - nowMs())
    const leftMs = ahead.find(ms => ms > 0) ?? 24 * HOUR_MS
    after(leftMs, () => {
      const day = jstText(nowMs() - 24 * HOUR_MS).slice(0, 10)
      const forms =
        this.#simulator.switches.preauth === 'contracted'
          ? (['instant', 'preauth'] as const)
          : (['instant'] as const)
      for (const form of forms) this.announce({ day, form })
      this.announceDaily()
    })
  }

  /** Sends file.created, and answers with the address in it; null where the file is not there yet, or not any more. */
  announce(wish: Wish): string | null {
    if (!this.#isKept(wish)) return null
    const expires = String(this.#clock.nowMs() + URL_GOOD_MS)
    const { name } = this.#simulator.reconciliationFile(fileWish.parse(wish))
    const query = new URLSearchParams({ ...wish, expires, signature: this.#sign(wish, expires) })
    const path = `${this.baseUrl}/files/${name}?${query}`
    this.#simulator.webhooks.announce(path)
    return path
  }

  /** The file behind an address, or the status with which it is refused. */
  read(query: unknown): { readonly name: string; readonly bytes: Uint8Array } | 403 | 404 {
    const asked = fileQuery.safeParse(query)
    if (!asked.success) return 403
    const { expires, signature, ...wish } = asked.data
    if (signature !== this.#sign(wish, expires) || this.#clock.nowMs() >= Number(expires)) return 403
    return this.#isKept(wish) ? this.#simulator.reconciliationFile(fileWish.parse(wish)) : 404
  }

  #isKept({ day }: Wish): boolean {
    const readyMs = jstDaySpan(day).toMs + READY_AFTER_MS
    const nowMs = this.#clock.nowMs()
    return nowMs >= readyMs && nowMs < readyMs + KEPT_MS
  }

  #sign({ day, form }: Wish, expires: string): string {
    return createHmac('sha256', this.#secret).update(`${day} ${form} ${expires}`).digest('base64url')
  }
}

const fileQuery = z.object({
  day: z.iso.date(),
  form: z.enum(['instant', 'preauth']),
  expires: z.string().regex(/^\d{1,16}$/),
  signature: z.string(),
})

const address = z.strictObject({
  url: z
    .string()
    .refine(isHere, 'expected an address of this machine, such as http://127.0.0.1:8080/webhook')
    .nullable(),
})
const announcement = z.strictObject({
  day: z.iso.date({ error: 'expected a day such as 2026-11-24' }),
  form: z.enum(['instant', 'preauth']).default('instant'),
})

/** The files themselves, and the control endpoints about webhooks. */
export function addWebhookControl(app: FastifyInstance, simulator: Simulator, files: FileServer): void {
  app.get('/files/:name', (request, reply) => {
    const file = files.read(request.query)
    if (typeof file === 'number') return reply.code(file).send({ error: 'This address is no longer good.' })
    return reply
      .type('text/csv; charset=Shift_JIS')
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .send(Buffer.from(file.bytes))
  })
  app.get('/_simulator/webhooks', () => ({
    url: simulator.webhooks.url,
    deliveries: simulator.webhooks.deliveries,
  }))
  app.put('/_simulator/webhooks', (request, reply) => {
    const read = address.safeParse(request.body)
    if (!read.success) {
      const problems = read.error.issues.map(
        issue => `${issue.path.join('.') || 'the body'}: ${issue.message}`,
      )
      return reply.code(400).send({ error: problems.join('; '), problems })
    }
    simulator.webhooks.tell(read.data.url)
    return { url: simulator.webhooks.url }
  })
  app.post('/_simulator/webhooks/file', (request, reply) => {
    const read = announcement.safeParse(request.body)
    if (!read.success) {
      const problems = read.error.issues.map(
        issue => `${issue.path.join('.') || 'the body'}: ${issue.message}`,
      )
      return reply.code(400).send({ error: problems.join('; '), problems })
    }
    const path = files.announce(read.data)
    return path === null
      ? reply
          .code(409)
          .send({ error: 'The file of a day is there from 1:30 of the next one on, for a week.' })
      : { path }
  })
}

/** Webhooks never leave this machine. */
export function isHere(address: string): boolean {
  const url = URL.parse(address)
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url?.hostname ?? '')
  return isLoopback && (url?.protocol === 'http:' || url?.protocol === 'https:')
}
