/** Chance that can be replayed: the same seed gives the same sequence. */
import { TypeID } from 'typeid-js'
import type { IdSource } from '../src/kit/id.ts'

/** Mulberry32: small, and the same everywhere. */
export class Random {
  constructor(readonly seed: number) {
    this.#state = seed >>> 0
  }
  #state: number

  /** 0 ≤ x < 1 */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = this.#state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number, from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }
}

/** The seed a campaign was told, or a new one; it is printed, so that a failure can be replayed. */
export const seedFrom = (told: string | undefined): number =>
  told ? Number(told) : crypto.getRandomValues(new Uint32Array(1))[0]!

/** Ids that are the same in every run; like all ids they sort in the order they were made. */
export function countedIds(): IdSource {
  let count = 0
  return (prefix) => {
    const digits = (++count).toString(16).padStart(32, '0')
    const uuid = digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    return TypeID.fromUUID(prefix, uuid).toString()
  }
}
