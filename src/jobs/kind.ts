/** A kind of job: declared by the room that does the work, as data. */
import type { Static, TObject } from '@sinclair/typebox'
import type { DataFolder } from '../db/data-folder.ts'
import type { Scope } from '../db/scope.ts'
import type { Read, Sync, Write } from '../db/session.ts'
import type { ProblemCode } from '../kit/problems.ts'
import type { Feature } from '../kit/terms.ts'
import type { ObjectContent } from '../objects/object-store.ts'
import type { Services } from '../operations/services.ts'

export interface Progress {
  done: number
  /** Absent while nobody knows. */
  total?: number
  note?: string
}

export type LogLevel = 'info' | 'warning' | 'error'

/** What the work holds while it runs. Everything it writes fails once the lease is lost. */
export interface JobContext {
  readonly job_id: string
  readonly tenant_id: string
  /** 1 for the first try. */
  readonly attempt: number
  /** Of whoever asked for the job. */
  readonly scope: Scope
  readonly data: DataFolder
  readonly services: Services
  /** Aborts when the job is cancelled, its lease is lost, or the process stops. */
  readonly signal: AbortSignal
  read<T>(query: (read: Read) => Sync<T>): T
  /** One transaction, with the progress it makes: a job that is cut off knows how far it came. */
  write<T>(command: (tx: Write) => Sync<T>, progress?: Progress): Promise<T>
  progress(progress: Progress): Promise<void>
  log(message: string, level?: LogLevel): Promise<void>
  /** Keeps a file that came out; a second one of the same name replaces the first. */
  artifact(name: string, content: ObjectContent, content_type: string): Promise<void>
}

export interface JobKind {
  /** `items_import`: also the last part of its route. */
  readonly kind: string
  readonly summary: string
  readonly permission: string
  readonly feature: Feature | undefined
  readonly input: TObject
  readonly max_attempts: number
  readonly of: 'business' | undefined
  readonly while_read_only: boolean
  readonly problems: readonly ProblemCode[]
  readonly admit: (tx: Write) => void
  readonly run: (context: JobContext, input: never) => Promise<object>
}

interface Declaration<I extends TObject> {
  kind: string
  /** One line in the imperative. */
  summary: string
  /** What a role must grant to start one. */
  permission: string
  /** Refused unless the plan includes it. */
  feature?: Feature
  input: I
  /** A job of the business belongs to no organization, and only those who reach all of it see it. */
  of?: 'business'
  /** Possible while the business may only be read: it takes nothing in. */
  while_read_only?: boolean
  /** What `admit` refuses with. */
  problems?: ProblemCode[]
  /** Refuses before it is queued. */
  admit?: (tx: Write) => void
  /** Tries before it counts as failed; 3 unless told. A `Problem` is never tried again. */
  max_attempts?: number
  /**
   * Does the work. It can be cut off anywhere and run again, so what is done is written down as it
   * is done. @returns facts for whoever asked
   */
  run: (context: JobContext, input: Static<I>) => Promise<object>
}

export const jobKind = <I extends TObject>({
  max_attempts = 3,
  while_read_only = false,
  problems = [],
  admit = () => undefined,
  run,
  ...declaration
}: Declaration<I>): JobKind => ({
  ...declaration,
  max_attempts,
  feature: declaration.feature,
  of: declaration.of,
  while_read_only,
  problems,
  admit,
  run: run as never,
})
