import { CEILING } from '../core/ceiling.ts'
import type { PaypayMode } from '../shared/checkout.ts'
import { paypayAt, type TrainingPaypay } from '../simulator/training.ts'

export type Switches = {
  /** `--lane=counter-1`: which lane this window is; `main` without it. */
  readonly lane: string
  /** `--paypay-url=http://127.0.0.1:4650`: training against a simulator that already runs. */
  readonly simulator: TrainingPaypay | null
  /** `--mode=production`: instead of the one in the settings; null without it. */
  readonly mode: PaypayMode | null
  /** `--display=2`: the screen that the till covers, counted from the left; null: the primary one. */
  readonly display: number | null
  /** `--second-lane=tv`: the other screen is a lane of its own; null: it stays as it is. */
  readonly secondLane: string | null
  /** `--import-keys=FILE`: PayPay's keys go from that file into the system's key store, once; null without it. */
  readonly importKeys: string | null
  /** `--memory-ceiling=1500`, MiB: above it the till starts again in a quiet moment. */
  readonly memoryCeilingBytes: number
}

const DEFAULT_CEILING_MIB = 1_500

const MODES = ['training', 'sandbox', 'production'] as const

/** A switch that says something impossible. `message` says what belongs there. */
export class WrongSwitch extends Error {}

/** Reads what was asked on the command line. `value` answers an empty text for a switch that was not given. */
export function readSwitches(value: (name: string) => string, env: NodeJS.ProcessEnv): Switches {
  const lane = laneOf('lane', value('lane') || 'main')
  const second = value('second-lane')
  const secondLane = second === '' ? null : laneOf('second-lane', second)
  if (secondLane === lane)
    throw new WrongSwitch(`--second-lane is "${lane}", as the first one is: two screens need two names`)
  const paypayUrl = value('paypay-url')
  const mode = modeOf(value('mode'))
  if (paypayUrl !== '' && mode !== null && mode !== 'training')
    throw new WrongSwitch(`--paypay-url is for training only, and --mode is ${mode}: leave one of them out`)
  return {
    lane,
    secondLane,
    display: numberOf('display', value('display'), { least: 1, most: 16 }),
    memoryCeilingBytes:
      (numberOf('memory-ceiling', value('memory-ceiling'), {
        least: CEILING.leastMib,
        most: CEILING.mostMib,
      }) ?? DEFAULT_CEILING_MIB) *
      1024 *
      1024,
    importKeys: value('import-keys') || null,
    simulator: paypayUrl === '' ? null : simulatorAt(paypayUrl, env),
    // Whoever names a simulator wants to train, whatever the settings say.
    mode: paypayUrl === '' ? mode : 'training',
  }
}

function laneOf(name: string, word: string): string {
  if (!/^[A-Za-z0-9-]{1,32}$/.test(word))
    throw new WrongSwitch(
      `--${name} is "${word}": use 1 to 32 letters, digits or hyphens, for example --${name}=counter-1`,
    )
  return word
}

/** Null: it was not given. */
function numberOf(
  name: string,
  word: string,
  { least, most }: { least: number; most: number },
): number | null {
  if (word === '') return null
  const number = Number(word)
  if (!/^\d+$/.test(word) || number < least || number > most)
    throw new WrongSwitch(`--${name} is "${word}": use a whole number from ${least} to ${most}`)
  return number
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
