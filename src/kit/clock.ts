/** The only source of time. Commands read `tx.now`, which comes from here. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is told otherwise: for tests, demos and simulations. */
export class ManualClock implements Clock {
  #now_ms: number
  constructor(start: string | number) {
    this.#now_ms = typeof start === 'number' ? start : Date.parse(start)
  }
  now(): number {
    return this.#now_ms
  }
  set(time: string | number): void {
    this.#now_ms = typeof time === 'number' ? time : Date.parse(time)
  }
  advance(by_ms: number): void {
    this.#now_ms += by_ms
  }
}

/** RFC 3339 in UTC with milliseconds: `2026-11-21T09:30:00.000Z`. Sorts as text. */
export const timestamp = (at_ms: number): string => new Date(at_ms).toISOString()

export const second_ms = 1_000
export const minute_ms = 60 * second_ms
export const hour_ms = 60 * minute_ms
export const day_ms = 24 * hour_ms
