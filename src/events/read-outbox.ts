/** Lets a reader of the outbox work through what has happened since it last looked. */
import { systemScope } from '../db/scope.ts'
import type { TenantFile } from '../db/tenant-files.ts'
import type { Read, Write } from '../db/session.ts'
import { eventsAfter, moveReader, readerPosition, type EventRow } from './store.ts'

interface ReaderBase {
  /** Its position is kept under this name. */
  readonly name: string
  /**
   * False when none of these events leads to anything: then only the position in memory moves, and
   * a busy file is not written for nothing.
   */
  concerns(read: Read, events: readonly EventRow[]): boolean
}

/** Its effect is in the tenant's own file and becomes durable together with its position. */
export interface InsideReader extends ReaderBase {
  handle(tx: Write, events: readonly EventRow[]): void
}

/** Its effect is elsewhere. The position follows it, so after a crash the same events come again. */
export interface OutsideReader extends ReaderBase {
  deliver(tenant_id: string, events: readonly EventRow[]): Promise<void>
}

export type OutboxReader = InsideReader | OutsideReader

export const batch_events = 200
/** A position in memory may run ahead of the stored one by this much: so much is read again. */
const stored_every_events = 1_000

/** Where a reader stands: what is stored, and how far it has looked. */
export interface Position {
  stored: number
  seen: number
}

export const findPosition = (file: TenantFile, reader: OutboxReader): Position => {
  const stored = file.read(systemScope(reader.name, '', file.tenant_id), (read) =>
    readerPosition(read, reader.name),
  )
  return { stored, seen: stored }
}

/**
 * Reads one batch from `position` on.
 * @returns where the reader stands now, and whether it has to look further: what is committed from
 *   here on wakes it by itself
 */
export async function readOutbox(
  file: TenantFile,
  reader: OutboxReader,
  position: Position,
): Promise<{ position: Position; has_more: boolean }> {
  const scope = systemScope(reader.name, '', file.tenant_id)
  const { events, concerned } = file.read(scope, (read) => {
    const events = eventsAfter(read, position.seen, batch_events)
    return { events, concerned: events.length > 0 && reader.concerns(read, events) }
  })
  const seen = events.at(-1)?.seq
  if (seen === undefined) return { position, has_more: false }
  const has_more = events.length === batch_events
  if (!concerned && seen - position.stored < stored_every_events) {
    return { position: { stored: position.stored, seen }, has_more }
  }
  if (concerned && 'deliver' in reader) await reader.deliver(file.tenant_id, events)
  const moved = await file.write(scope, (tx) => {
    // Somebody has sent the reader to another place meanwhile: it goes on from there.
    const stored = readerPosition(tx, reader.name)
    if (stored !== position.stored) return { stored, seen: stored }
    if (concerned && 'handle' in reader) reader.handle(tx, events)
    moveReader(tx, reader.name, seen)
    return { stored: seen, seen }
  })
  return { position: moved, has_more: has_more || moved.seen < seen }
}
