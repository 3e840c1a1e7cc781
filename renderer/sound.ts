import type { Sound } from './checkout/context.ts'

/** Short sounds, made on the spot: wood, a seal on paper, a small bell. */

/** One sound within a sound. `atS`: from the moment that the state arrives. */
type Note = {
  readonly atS: number
  readonly hz: number
  readonly lengthS: number
  readonly gain: number
  readonly wave: OscillatorType
}

/** The thud falls where the stamp meets the paper, 255 ms after its state arrives. */
const thud: Note = { atS: 0.255, hz: 92, lengthS: 0.12, gain: 0.5, wave: 'sine' }
const rin: readonly Note[] = [
  { atS: 0.375, hz: 1_568, lengthS: 1.4, gain: 0.14, wave: 'sine' },
  { atS: 0.375, hz: 4_328, lengthS: 0.5, gain: 0.03, wave: 'sine' },
]

export const notes: Readonly<Record<Sound, readonly Note[]>> = {
  tick: [wood(0, 880, 0.08)],
  tap: [wood(0, 330, 0.2)],
  paid: [thud, ...rin],
  returned: [thud],
  declined: [wood(0, 220, 0.2), wood(0.22, 220, 0.2)],
}

function wood(atS: number, hz: number, gain: number): Note {
  return { atS, hz, lengthS: 0.06, gain, wave: 'triangle' }
}

/** A sound that comes later than this belongs to something that is no longer on the screen. */
const TOO_LATE_MS = 300

/**
 * Plays a sound, or nothing: where a browser allows none, has none, or allows it only after a touch that has not come.
 * Words and picture say the same.
 */
export function openSound(
  open: () => AudioContext = () => new AudioContext(),
  isTouched: () => boolean = () => navigator.userActivation?.hasBeenActive ?? true,
): (sound: Sound) => void {
  let opened: AudioContext | null = null
  let last: { readonly sound: Sound; readonly askedAtMs: number } | null = null
  let asked: 'never' | 'untouched' | 'touched' = 'never'

  // A context that sleeps keeps its notes; without this look at the clock they would all come with the first touch.
  const wake = (context: AudioContext): void => {
    const mayWake = isTouched() ? 'touched' : 'untouched'
    // Where nothing lets the context wake, each question would stay open, and in memory, for as long as the page.
    if (asked === mayWake || asked === 'touched') return
    asked = mayWake
    const answered = (): void => {
      asked = 'never'
    }
    context.resume().then(() => {
      answered()
      if (last && performance.now() - last.askedAtMs < TOO_LATE_MS) playAll(context, last.sound)
    }, answered)
  }

  return sound => {
    try {
      opened ??= open()
      if (opened.state === 'running') return playAll(opened, sound)
      last = { sound, askedAtMs: performance.now() }
      wake(opened)
    } catch {
      opened = null
    }
  }
}

function playAll(context: AudioContext, sound: Sound): void {
  for (const note of notes[sound]) play(context, note)
}

function play(context: AudioContext, { atS, hz, lengthS, gain, wave }: Note): void {
  const start = context.currentTime + atS
  const tone = context.createOscillator()
  const loudness = context.createGain()
  tone.type = wave
  tone.frequency.value = hz
  loudness.gain.setValueAtTime(0.0001, start)
  loudness.gain.exponentialRampToValueAtTime(gain, start + 0.008)
  loudness.gain.exponentialRampToValueAtTime(0.0001, start + lengthS)
  tone.connect(loudness).connect(context.destination)
  tone.start(start)
  tone.stop(start + lengthS + 0.05)
}
