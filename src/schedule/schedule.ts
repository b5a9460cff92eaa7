/** A schedule: what runs by the clock, declared as data by the room that does the work. */
import type { Logger } from 'pino'
import type { DataFolder } from '../db/data-folder.ts'
import type { TenantFile } from '../db/tenant-files.ts'
import type { Services } from '../operations/services.ts'

/** What a run holds. */
export interface RunContext {
  readonly run_id: string
  /** When it should have begun. */
  readonly due_at: string
  readonly data: DataFolder
  readonly services: Services
  readonly log: Logger
  /** Aborts when the process stops; the next start goes on with the run. */
  readonly signal: AbortSignal
  /**
   * Does something for every business, one after the other, at most once in a run. A business that
   * fails is written down and the next one has its turn; a run that is cut off goes on where it was,
   * so the last few may come twice.
   */
  eachTenant(work: (file: TenantFile) => Promise<void>): Promise<void>
}

export interface Schedule {
  /** `forget_idempotency_keys` */
  readonly name: string
  /** One sentence for the operator. */
  readonly summary: string
  /** `15 3 * * *`: minute, hour, day, month, weekday. */
  readonly cron: string
  /** IANA name, `UTC` unless the hour means something to people. */
  readonly timezone: string
  /** What happens when its time passed while nothing was running: nothing, or one run at the start. */
  readonly catch_up: 'skip' | 'once'
  /** @returns counts and facts for the history */
  readonly run: (context: RunContext) => Promise<Record<string, unknown>>
}
