/**
 * One writer per file. Commands that arrive while the last batch is being synced share the next
 * transaction, and are acknowledged only when `fdatasync` has returned. A command that fails takes
 * only itself back.
 */
import { Problem } from '../kit/problem.ts'
import type { DatabaseFile } from './file.ts'
import type { Scope } from './scope.ts'
import { Session, type Sync, type Write } from './session.ts'

interface Command {
  scope: Scope
  run: (tx: Write) => unknown
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

type Outcome = { command: Command; session: Session } & (
  { ok: true; value: unknown } | { ok: false; error: unknown }
)

/** Commands in one transaction: enough to share a sync, few enough not to hold up readers. */
const batch_limit = 256
/** Waiting commands before callers are told to come back: about a quarter second of work. */
const queue_limit = 4_096

export class Writer {
  #queue: Command[] = []
  #running = false
  #idle: (() => void)[] = []

  constructor(private readonly file: DatabaseFile) {}

  get busy(): boolean {
    return this.#running || this.#queue.length > 0
  }

  write<T>(scope: Scope, command: (tx: Write) => Sync<T>): Promise<T> {
    if (this.#queue.length >= queue_limit) {
      const detail = 'Too many writes are waiting for this business.'
      return Promise.reject(new Problem('unavailable', detail, {}, { 'retry-after': '1' }))
    }
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ scope, run: command, resolve: resolve as Command['resolve'], reject })
      if (!this.#running) {
        this.#running = true
        setImmediate(() => void this.#drain())
      }
    })
  }

  /** Resolves when nothing is waiting or being synced. */
  idle(): Promise<void> {
    return this.busy ? new Promise((resolve) => this.#idle.push(resolve)) : Promise.resolve()
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, batch_limit)
      try {
        const outcomes = this.#commit(batch)
        await this.file.sync()
        for (const outcome of outcomes) this.#settle(outcome)
      } catch (error) {
        for (const command of batch) command.reject(error)
      }
      this.file.committed()
    }
    this.#running = false
    for (const resolve of this.#idle.splice(0)) resolve()
  }

  /**
   * Refusals come before changes, so it is tried without savepoints first: they cost a tenth. When a
   * command fails after it has changed something, all is taken back and done again, a savepoint each.
   */
  #commit(batch: Command[]): Outcome[] {
    return (
      this.#inTransaction(() => this.#runTogether(batch)) ??
      this.#inTransaction(() => batch.map((command) => this.#runApart(command)))!
    )
  }

  /** Undefined when the work gave nothing: then it was rolled back. */
  #inTransaction<T>(work: () => T | undefined): T | undefined {
    this.file.prepare('BEGIN IMMEDIATE').run()
    try {
      const done = work()
      this.file.prepare(done ? 'COMMIT' : 'ROLLBACK').run()
      return done
    } catch (error) {
      if (this.file.connection.inTransaction) this.file.prepare('ROLLBACK').run()
      throw error
    }
  }

  /** Undefined when a command left something behind that has to be taken back. */
  #runTogether(batch: Command[]): Outcome[] | undefined {
    const outcomes: Outcome[] = []
    for (const command of batch) {
      const outcome = this.#attempt(command)
      if (!outcome.ok && outcome.session.has_written) return undefined
      outcomes.push(outcome)
    }
    return outcomes
  }

  #runApart(command: Command): Outcome {
    this.file.prepare('SAVEPOINT command').run()
    const outcome = this.#attempt(command)
    if (!outcome.ok) this.file.prepare('ROLLBACK TO command').run()
    this.file.prepare('RELEASE command').run()
    return outcome
  }

  #attempt(command: Command): Outcome {
    const session = new Session(this.file, command.scope)
    try {
      return { command, session, ok: true, value: command.run(session) }
    } catch (error) {
      // A full disk or a lost file ends the whole transaction: then nobody's work is acknowledged.
      if (!this.file.connection.inTransaction) throw error
      return { command, session, ok: false, error }
    }
  }

  #settle(outcome: Outcome): void {
    if (!outcome.ok) return outcome.command.reject(outcome.error)
    for (const action of outcome.session.after) action()
    outcome.command.resolve(outcome.value)
  }
}
