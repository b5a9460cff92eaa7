/** One timer for all tenants: it rings for each when its next piece of work is due. */
import type { Clock } from '../kit/clock.ts'

/** A timer of the runtime holds 24 days; looking up once an hour costs nothing. */
const longest_wait_ms = 3_600_000

export class Alarm {
  readonly #due = new Map<string, number>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #set_for_ms = Infinity
  #stopped = false

  /** @param wake told the name of what is due */
  constructor(
    private readonly clock: Clock,
    private readonly wake: (name: string) => void,
  ) {}

  /** @param at_ms when it is due; undefined: nothing is */
  set(name: string, at_ms: number | undefined): void {
    if (at_ms === undefined) this.#due.delete(name)
    else this.#due.set(name, at_ms)
    if (at_ms !== undefined && at_ms < this.#set_for_ms) this.#arm(at_ms)
  }

  /** Wakes everything that is due now, and sets the timer for what comes next. */
  ring(): void {
    const now_ms = this.clock.now()
    let next_ms = Infinity
    for (const [name, at_ms] of this.#due) {
      if (at_ms > now_ms) next_ms = Math.min(next_ms, at_ms)
      else {
        this.#due.delete(name)
        this.wake(name)
      }
    }
    this.#arm(next_ms)
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #arm(at_ms: number): void {
    clearTimeout(this.#timer)
    this.#set_for_ms = at_ms
    if (this.#stopped || at_ms === Infinity) return
    const wait_ms = Math.min(Math.max(at_ms - this.clock.now(), 0), longest_wait_ms)
    this.#timer = setTimeout(() => this.ring(), wait_ms)
    this.#timer.unref()
  }
}
