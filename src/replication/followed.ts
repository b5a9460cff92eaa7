/** What is known about one file that is being copied. */
import { timestamp } from '../kit/clock.ts'
import type { DatabaseFile } from '../db/file.ts'
import type { Subject } from './settings.ts'

export interface FollowedState {
  subject: Subject
  open: boolean
  /** `000002-20261121T093000Z`; null until it was registered for the first time. */
  generation: string | null
  /** When the target was last known to hold everything written until then; null when it is not known. */
  last_sync_at: string | null
  /** Age of the oldest write that is not known to be at the target; 0 when there is none. */
  lag_ms: number
  error: string | null
}

export class Followed {
  /** Our open file; undefined when it is closed and only its end is still to be copied. */
  file: DatabaseFile | undefined
  /** The run of Litestream that was given this file. */
  registered_by: string | undefined
  generation: string | undefined
  error: string | undefined
  /** One alert until it works again. */
  failure_reported = false
  checkpoints_by_us = false
  look_again = false
  settling: Promise<void> | undefined
  commits = 0
  #confirmed = 0
  #oldest_unconfirmed_ms: number | undefined
  #last_sync_at_ms: number | undefined
  #stopListening: () => void = () => {}

  constructor(
    readonly subject: Subject,
    readonly path: string,
  ) {}

  get unconfirmed(): boolean {
    return this.commits > this.#confirmed
  }

  opened(file: DatabaseFile, now: () => number): void {
    this.#stopListening()
    this.file = file
    this.checkpoints_by_us = false
    // What is in it already may not have been copied either: opening counts as a write.
    this.#wrote(now())
    this.#stopListening = file.onCommit(() => this.#wrote(now()))
  }

  closed(): void {
    this.#stopListening()
    this.file = undefined
  }

  succeeded(): void {
    this.error = undefined
    this.failure_reported = false
  }

  /** `commits` were counted when the sync was asked for, at `asked_at_ms`. */
  confirmed(commits: number, asked_at_ms: number): void {
    this.succeeded()
    this.#confirmed = commits
    this.#last_sync_at_ms = asked_at_ms
    // What came meanwhile came after the question: an age that is never too small.
    this.#oldest_unconfirmed_ms = this.unconfirmed ? asked_at_ms : undefined
  }

  takeCheckpointsBack(): void {
    this.checkpoints_by_us = true
    this.file?.leaveCheckpointsTo('sqlite')
  }

  giveCheckpointsAway(): void {
    this.checkpoints_by_us = false
    this.file?.leaveCheckpointsTo('replicator')
  }

  state(now_ms: number): FollowedState {
    const oldest_ms = this.#oldest_unconfirmed_ms
    return {
      subject: this.subject,
      open: this.file !== undefined,
      generation: this.generation ?? null,
      last_sync_at: this.#last_sync_at_ms === undefined ? null : timestamp(this.#last_sync_at_ms),
      lag_ms: oldest_ms === undefined ? 0 : Math.max(0, now_ms - oldest_ms),
      error: this.error ?? null,
    }
  }

  #wrote(now_ms: number): void {
    this.commits += 1
    this.#oldest_unconfirmed_ms ??= now_ms
  }
}
