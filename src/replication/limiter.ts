/** Lets a bounded number of tasks run at once; the others wait in order. */
export class Limiter {
  #running = 0
  readonly #waiting: (() => void)[] = []

  constructor(private readonly limit: number) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running >= this.limit) await new Promise<void>((next) => this.#waiting.push(next))
    else this.#running += 1
    // Never inside the caller's own turn: he may still be noting the promise that we return.
    await Promise.resolve()
    try {
      return await task()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running -= 1
    }
  }
}
