/** The place where objects lie. What holds for every place (names, limits, checksums) is not its business. */
import type { StoredObject } from './object-store.ts'

export interface Shelf {
  /** Content is collected here first; on the shelf's own disk where it has one. */
  readonly incoming_folder: string
  /** Takes a finished file over. When it resolves, the object is there whole and durable. */
  place(path: string, object: StoredObject): Promise<void>
  /** Shares an object of another shelf; false where that is not possible. */
  share?(other: Shelf, key: string): Promise<boolean>
  /** Makes what was shared survive a power cut. */
  settle?(): Promise<void>
  about(key: string): Promise<StoredObject | undefined>
  open(key: string): Promise<AsyncIterable<Uint8Array>>
  remove(key: string): Promise<void>
  list(prefix: string): AsyncIterable<{ key: string; size_bytes: number }>
}
