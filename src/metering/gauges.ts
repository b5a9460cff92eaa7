/** Reads what is not counted but looked at: once an hour, how much is stored and who has a seat. */
import type { Write } from '../db/session.ts'
import type { ObjectStore } from '../objects/object-store.ts'
import { meter } from './meter.ts'
import { countPeople, fileBytes } from './store.ts'

/** Everything that lies beside the file. */
export async function objectBytes(objects: ObjectStore): Promise<number> {
  let bytes = 0
  for await (const { size_bytes } of objects.list()) bytes += size_bytes
  return bytes
}

/** One reading of each gauge in an hour; a second one changes nothing. */
export function keepReadings(tx: Write, object_bytes: number): void {
  const hour = tx.now.slice(0, 13)
  const whole = { organization_id: '' }
  meter(tx, 'storage_bytes', `storage_bytes:${hour}`, fileBytes(tx) + object_bytes, whole)
  meter(tx, 'seats', `seats:${hour}`, countPeople(tx), whole)
}
