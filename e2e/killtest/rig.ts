import { join } from 'node:path'
import { freePort, KEYS, Program, startKaikei, startSimulator, tempDir } from '../host.ts'
import { Paypay } from '../paypay.ts'

type FaultReport = { readonly what: { readonly kind: string }; readonly fired: number }

/** A till's host and its PayPay, as processes of their own, and the folder that outlives both. */
export class Rig {
  readonly url: string
  readonly paypay: Paypay
  /** How often each kind of fault has hit a request. */
  readonly faults: Record<string, number> = {}
  readonly #folder = tempDir('kaikei-killtest-')
  readonly #ports: { readonly host: string; readonly paypay: string }
  #simulator: Program | null = null
  #host: Program | null = null

  private constructor(ports: { host: string; paypay: string }) {
    this.#ports = ports
    this.url = `http://127.0.0.1:${ports.host}/`
    this.paypay = new Paypay(`http://127.0.0.1:${ports.paypay}`)
    // The quickest that PayPay allows: a life of the host is short.
    this.#folder.file('settings.json', JSON.stringify({ pollIntervalMs: 2_000 }))
  }

  static async build(): Promise<Rig> {
    const rig = new Rig({ host: String(await freePort()), paypay: String(await freePort()) })
    const stateFile = join(rig.dataDir, 'paypay.jsonl')
    rig.#simulator = startSimulator(['--port', rig.#ports.paypay, '--state-file', stateFile])
    await rig.#simulator.ready()
    return rig
  }

  get dataDir(): string {
    return this.#folder.path
  }

  /** Started, and perhaps not ready yet. */
  startHost(): Program {
    const { host } = this.#ports
    this.#host = startKaikei(
      ['--port', host, '--data-dir', this.dataDir, '--paypay-url', this.paypay.url, '--no-open'],
      KEYS,
    )
    return this.#host
  }

  /** From now on these go wrong; what the ones before have done is counted. */
  async setFaults(faults: readonly object[]): Promise<void> {
    for (const { what, fired } of await this.paypay.get<FaultReport[]>('faults'))
      this.faults[what.kind] = (this.faults[what.kind] ?? 0) + fired
    await this.paypay.faults(...faults)
  }

  /** `npm run ledger -- verify`, as its operator runs it. */
  async verify(): Promise<{ sound: boolean; facts?: number; outcomes?: number; unproven: unknown[] }> {
    const program = new Program('core/ledger/main.ts', ['verify', '--json', '--data-dir', this.dataDir])
    const { stdout, stderr } = await program.ended
    if (stdout === '') throw new Error(`ledger verify said nothing: ${stderr}`)
    return JSON.parse(stdout) as { sound: boolean; unproven: unknown[] }
  }

  async end(keepFolder: boolean): Promise<void> {
    await Promise.all([this.#host?.end('SIGKILL'), this.#simulator?.end('SIGKILL')])
    if (!keepFolder) this.#folder.remove()
  }
}
