import type { PaypayMode } from '../shared/checkout.ts'
import { paypayAt, type TrainingPaypay } from '../simulator/training.ts'

export type Switches = {
  /** `--lane=counter-1`: which lane this window is; `main` without it. */
  readonly lane: string
  /** `--paypay-url=http://127.0.0.1:4650`: training against a simulator that already runs. */
  readonly simulator: TrainingPaypay | null
  /** `--mode=production`: instead of the one in the settings; null without it. */
  readonly mode: PaypayMode | null
}

const MODES = ['training', 'sandbox', 'production'] as const

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
  const mode = modeOf(value('mode'))
  if (paypayUrl === '') return { lane, simulator: null, mode }
  if (mode !== null && mode !== 'training')
    throw new WrongSwitch(`--paypay-url is for training only, and --mode is ${mode}: leave one of them out`)
  return { lane, simulator: simulatorAt(paypayUrl, env), mode: 'training' }
}

function modeOf(word: string): PaypayMode | null {
  if (word === '') return null
  const mode = MODES.find(one => one === word)
  if (!mode) throw new WrongSwitch(`--mode is "${word}": use one of ${MODES.join(', ')}`)
  return mode
}

function simulatorAt(address: string, env: NodeJS.ProcessEnv): TrainingPaypay {
  const read = paypayAt(address, env)
  if (!read.ok) throw new WrongSwitch(read.problem)
  return read.paypay
}
