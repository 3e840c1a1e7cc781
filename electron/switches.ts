import { Secret } from '../core/secret.ts'
import type { TillRequest } from './till.ts'

export type Switches = {
  /** `--lane=counter-1`: which lane this window is; `main` without it. */
  readonly lane: string
  /** `--paypay-url=http://127.0.0.1:4650`: training against a simulator that already runs. */
  readonly simulator: TillRequest['simulator']
}

/** A switch that says something impossible. `message` says what belongs there. */
export class WrongSwitch extends Error {}

/** Reads what was asked on the command line. `value` answers an empty text for a switch that was not given. */
export function readSwitches(value: (name: string) => string, env: NodeJS.ProcessEnv): Switches {
  const lane = value('lane') || 'main'
  if (!/^[A-Za-z0-9-]{1,32}$/.test(lane))
    throw new WrongSwitch(
      `--lane is "${lane}": use 1 to 32 letters, digits or hyphens, for example --lane=counter-1`,
    )
  const paypayUrl = value('paypay-url')
  return { lane, simulator: paypayUrl === '' ? null : simulatorAt(paypayUrl, env) }
}

/** Training never leaves the machine, whatever address it is given. The secret comes by environment: argv is public. */
function simulatorAt(address: string, env: NodeJS.ProcessEnv): NonNullable<TillRequest['simulator']> {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol) || !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
    throw new WrongSwitch(
      `--paypay-url is "${address}": training talks to a simulator on this machine only, at an address like http://127.0.0.1:4650`,
    )
  const { KAIKEI_API_KEY: apiKey, KAIKEI_API_SECRET: apiSecret } = env
  if (!apiKey || !apiSecret)
    throw new WrongSwitch(
      '--paypay-url needs the environment variables KAIKEI_API_KEY and KAIKEI_API_SECRET: the key and secret that the simulator was started with',
    )
  return { paypayUrl: url.origin, apiKey, apiSecret: new Secret(apiSecret) }
}
