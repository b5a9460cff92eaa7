/** Chance that can be repeated: the same seed makes the same year. */
import { seededRandom } from '../../carriers/simulator/world.ts'

export class Chance {
  readonly next: () => number

  constructor(seed: number) {
    this.next = seededRandom(seed)
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  /** True once in `1 / likelihood` times. */
  happens(likelihood: number): boolean {
    return this.next() < likelihood
  }

  pick<T>(from: readonly T[]): T {
    return from[this.whole(0, from.length - 1)]!
  }

  /** One of them, the more likely the greater its weight. */
  weighted<T>(from: readonly T[], weightOf: (one: T) => number): T {
    const total = from.reduce((sum, one) => sum + weightOf(one), 0)
    let left = this.next() * total
    return from.find((one) => (left -= weightOf(one)) <= 0) ?? from.at(-1)!
  }

  /** How often something happened that happens `mean` times on average (Knuth's method). */
  times(mean: number): number {
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = this.next(); product > limit; product *= this.next()) count++
    return count
  }
}
