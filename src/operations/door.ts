/** What every door shares: the files, the services, who guards it, and who keeps the audit. */
import type { Logger } from 'pino'
import type { DataFolder } from '../db/data-folder.ts'
import type { Write } from '../db/session.ts'
import type { Gatekeeper, Principal } from './principal.ts'
import type { Services } from './services.ts'

/** One mutation, as it is written into the audit trail in the same transaction. */
export interface AuditNote {
  /** The operation's id. */
  action: string
  subject_id: string
  before: unknown
  after: unknown
  /** What the caller sent. */
  input: unknown
}

/** Counts what callers of the API use. */
export interface CallCounter {
  /** One more request that was let in. @throws Problem `quota_exceeded` when none is left */
  admit(principal: Principal): void
  /** How many bytes its answer had. */
  done(principal: Principal, bytes: number): void
}

export interface Door {
  readonly data: DataFolder
  readonly services: Services
  readonly gatekeeper: Gatekeeper
  readonly audit: (tx: Write, note: AuditNote) => void
  readonly log: Logger
  /** Nothing is counted without it. */
  readonly calls?: CallCounter | undefined
  /** Checks every reply against its declared shape: on in tests, where a wrong document must fail. */
  readonly verify_replies: boolean
}
