/** Prefixed, sortable identifiers: `itm_01h455vb4pex5vsknk084sn02q` (TypeID over UUIDv7). */
import { fromUUIDBytes, TypeID } from 'typeid-js'

/** Makes a new id for a prefix. Injected wherever ids are made, so that a simulation can replay. */
export type IdSource = (prefix: string) => string

export const newId: IdSource = (prefix) => fromUUIDBytes(prefix, Bun.randomUUIDv7('buffer'))

/** True when `text` is a well-formed id with this prefix. */
export function isId(prefix: string, text: string): boolean {
  try {
    TypeID.fromString(text, prefix)
    return true
  } catch {
    return false
  }
}
