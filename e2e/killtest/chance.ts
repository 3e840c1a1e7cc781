import { type Random, seededRandom } from '../../simulator/random.ts'

/** Draws from a seed. Each part of a run has a stream of its own, so that one draw more here changes nothing there. */
export class Chance {
  readonly #random: Random

  constructor(seed: number, stream: number) {
    this.#random = seededRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b))
  }

  /** From `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1))
  }

  percent(share: number): boolean {
    return this.#random() * 100 < share
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.#random() * from.length)]
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }
}
