import type { Sound } from './checkout/context.ts'

/** Short sounds, made on the spot: wood, paper and a small bell. Silent where the browser does not allow sound yet. */
export function openSound(): (sound: Sound) => void {
  let context: AudioContext | null = null
  return sound => {
    try {
      context ??= new AudioContext()
      if (context.state === 'suspended') void context.resume()
      for (const note of notes[sound]) play(context, note)
    } catch {
      // No sound card, or no permission: the words and the picture say the same.
    }
  }
}

/** `atS`: after the state arrives. The thud falls where the stamp meets the paper, 255 ms in. */
type Note = { readonly atS: number; readonly hz: number; readonly lengthS: number; readonly gain: number; readonly wave: OscillatorType }

const wood = (atS: number, hz: number, gain: number): Note => ({ atS, hz, lengthS: 0.06, gain, wave: 'triangle' })
const thud: Note = { atS: 0.255, hz: 92, lengthS: 0.12, gain: 0.5, wave: 'sine' }

const notes: Readonly<Record<Sound, readonly Note[]>> = {
  tick: [wood(0, 880, 0.08)],
  tap: [wood(0, 330, 0.2)],
  paid: [thud, { atS: 0.42, hz: 1_568, lengthS: 1.4, gain: 0.16, wave: 'sine' }],
  returned: [thud],
  declined: [wood(0, 220, 0.2), wood(0.22, 220, 0.2)],
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
