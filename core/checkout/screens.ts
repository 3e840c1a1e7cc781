import type { LaneView } from '../../shared/checkout.ts'
import type { LaneSeen } from '../../shared/upkeep.ts'

type Listener = (view: LaneView) => void

/**
 * A lane's name is whatever its caller says it is, and nobody signs in for that. Of lanes whose screen has gone so many are
 * remembered, those that went last.
 */
export const MOST_GONE = 64
/** Calls for staff at lanes that have no screen now; those of lanes with a screen are all kept. */
export const MOST_CALLS_WITHOUT_SCREEN = 64

/** Which lanes have a screen, which had one, and where a customer calls. It grows with open screens, not with names. */
export class Screens {
  readonly #listeners = new Map<string, Set<Listener>>()
  /** Displays beside them, before which nobody can do anything: they do not make a lane watched. */
  readonly #displays = new Map<string, Set<Listener>>()
  /** What a lane's screens were told last. */
  readonly #lastSent = new Map<string, string>()
  /** Epoch ms, in the order in which the last screen of each lane went. */
  readonly #goneAtMs = new Map<string, number>()
  readonly #calls = new Set<string>()

  /** Answers what ends it, given the time at which it ends. */
  watch(lane: string, listener: Listener): (nowMs: number) => void {
    const listeners = this.#listeners.get(lane) ?? new Set()
    this.#listeners.set(lane, listeners.add(listener))
    this.#goneAtMs.delete(lane)
    return nowMs => {
      if (!listeners.delete(listener) || listeners.size > 0) return
      this.#listeners.delete(lane)
      if (!this.#displays.has(lane)) this.#lastSent.delete(lane)
      this.#goneAtMs.set(lane, nowMs)
      const [first] = this.#goneAtMs.keys()
      if (this.#goneAtMs.size > MOST_GONE && first !== undefined) this.#goneAtMs.delete(first)
      this.#forgetCalls()
    }
  }

  /** Shows a lane without watching it; the answer ends it. */
  show(lane: string, listener: Listener): () => void {
    const displays = this.#displays.get(lane) ?? new Set()
    this.#displays.set(lane, displays.add(listener))
    return () => {
      if (!displays.delete(listener) || displays.size > 0) return
      this.#displays.delete(lane)
      if (!this.has(lane)) this.#lastSent.delete(lane)
    }
  }

  /** Lanes whose snapshots somebody gets: a screen that watches, or a display. */
  told(): readonly string[] {
    return [...new Set([...this.#listeners.keys(), ...this.#displays.keys()])]
  }

  isTold(lane: string): boolean {
    return this.#listeners.has(lane) || this.#displays.has(lane)
  }

  has(lane: string): boolean {
    return this.#listeners.has(lane)
  }

  /** Lanes that a screen watches now. */
  watched(): readonly string[] {
    return [...this.#listeners.keys()]
  }

  seen(nowMs: number): readonly LaneSeen[] {
    return [
      ...this.watched().map(lane => ({ lane, watched: true, seenAtMs: nowMs })),
      ...[...this.#goneAtMs].map(([lane, seenAtMs]) => ({ lane, watched: false, seenAtMs })),
    ]
  }

  /** Tells a lane's screens and displays, unless `gist` is what they were told last. */
  send(lane: string, gist: string, view: () => LaneView): void {
    if (!this.isTold(lane) || this.#lastSent.get(lane) === gist) return
    this.#lastSent.set(lane, gist)
    const whole = view()
    for (const listeners of [this.#listeners.get(lane), this.#displays.get(lane)])
      for (const listener of listeners ?? []) listener(whole)
  }

  call(lane: string): void {
    this.#calls.add(lane)
    this.#forgetCalls()
  }

  /** True if somebody called. */
  answerCall(lane: string): boolean {
    return this.#calls.delete(lane)
  }

  isCalling(lane: string): boolean {
    return this.#calls.has(lane)
  }

  calling(): readonly string[] {
    return [...this.#calls]
  }

  #forgetCalls(): void {
    const bare = [...this.#calls].filter(lane => !this.has(lane))
    for (const lane of bare.slice(0, Math.max(0, bare.length - MOST_CALLS_WITHOUT_SCREEN)))
      this.#calls.delete(lane)
  }
}
