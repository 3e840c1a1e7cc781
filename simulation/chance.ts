import { seededRandom } from '../simulator/random.ts'

/** Draws for one purpose from one seed: the same seed, the same draws, whatever other purposes draw. */
export class Chance {
  readonly next: () => number

  constructor(seed: number, purpose: number) {
    this.next = seededRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca6b))
  }

  /** True in so many of a hundred. */
  percent(share: number): boolean {
    return this.next() * 100 < share
  }

  /** A whole number from `from` up to and including `to`. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  pick<T>(some: readonly T[]): T {
    return some[Math.floor(this.next() * some.length)] as T
  }

  word(bytes: number): string {
    const drawn = Buffer.allocUnsafe(Math.ceil(bytes / 4) * 4)
    for (let place = 0; place < bytes; place += 4)
      drawn.writeUInt32BE(Math.floor(this.next() * 0x1_0000_0000), place)
    return drawn.toString('hex', 0, bytes)
  }
}
