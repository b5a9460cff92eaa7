/** Keeps labels, documents, exports and other files of one tenant, named by their content. */
import { invalid, Problem } from '../kit/problem.ts'

export interface StoredObject {
  /** `<collection>/<sha256>`: where to find it again. */
  key: string
  /** Of the content, in hex. */
  sha256: string
  size_bytes: number
  content_type: string
  /** A file name for people. */
  name: string
}

export type ObjectContent = Uint8Array | AsyncIterable<Uint8Array>

export interface NewObject {
  content_type: string
  name: string
  /** Groups objects for `list`: `labels`, `documents`, `artifacts`. */
  collection: string
  /** Made by this program and not sent in: however large. */
  of_our_own?: true
}

/**
 * The same content in the same collection is one object, with the type and name it was first given:
 * what an owner wants to call it belongs into the owner's own row, and an owner removes an object
 * only when no other row of his refers to it.
 */
export interface ObjectStore {
  /**
   * Resolves when the content would survive a power cut.
   * @throws Problem `payload_too_large`, `unsupported_media_type`, `invalid`
   */
  put(content: ObjectContent, about: NewObject): Promise<StoredObject>
  /** The stream ends with an error when what was stored is not what was put. @throws Problem `not_found` */
  get(key: string): Promise<{ object: StoredObject; stream: ReadableStream<Uint8Array> }>
  /** As `get`, whole and checked. @throws Problem `not_found` */
  read(key: string): Promise<{ object: StoredObject; bytes: Uint8Array }>
  has(key: string): Promise<boolean>
  /** Removing what is not there is not an error. */
  remove(key: string): Promise<void>
  /** Keys that begin with `prefix` (all when it is empty), with their sizes, in no order. */
  list(prefix?: string): AsyncIterable<{ key: string; size_bytes: number }>
  /**
   * Takes over what another tenant's store holds, without its own copy of the bytes where the place
   * allows it. What happens to an object in one of the two later does not touch the other.
   * @param without keys that stay behind
   */
  adopt(other: ObjectStore, without?: ReadonlySet<string>): Promise<void>
  /** Everything of this tenant: for its erasure. */
  removeAll(): Promise<void>
}

export interface ObjectLimits {
  max_bytes: number
  /** Without parameters. Nothing that a browser would run is among the default ones. */
  content_types: readonly string[]
}

export const default_limits: ObjectLimits = {
  max_bytes: 64 * 1024 * 1024,
  content_types: [
    'application/gzip',
    'application/json',
    'application/octet-stream',
    'application/pdf',
    'application/x-ndjson',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/zip',
    'application/zpl',
    'application/zstd',
    'image/gif',
    'image/jpeg',
    'image/png',
    'image/webp',
    'text/csv',
    'text/plain',
  ],
}

const key_shape = /^([a-z][a-z0-9_]{0,31})\/([0-9a-f]{64})$/
const prefix_shape = /^([a-z][a-z0-9_]{0,31}(\/[0-9a-f]{0,64})?)?$/

/** The parts of a key. A key that was not made by `put` is nobody's: it never reaches a file system. */
export function parseKey(key: string): { collection: string; sha256: string } {
  const match = key_shape.exec(key)
  if (!match) throw new Problem('not_found', 'There is no object with this key.')
  return { collection: match[1]!, sha256: match[2]! }
}

export function checkPrefix(prefix: string): string {
  if (!prefix_shape.test(prefix)) throw invalid('/prefix', 'This is not the beginning of a key.')
  return prefix
}

export function checkNewObject(about: NewObject, limits: ObjectLimits): void {
  if (!/^[a-z][a-z0-9_]{0,31}$/.test(about.collection)) {
    throw invalid('/collection', 'A collection is lower-case letters, digits and underscores.')
  }
  // eslint-disable-next-line no-control-regex
  if (!/^[^\u0000-\u001f\u007f/\\]{1,200}$/u.test(about.name) || /^\.+$/.test(about.name)) {
    throw invalid('/name', 'A name has 1 to 200 characters and no slashes or control characters.')
  }
  const essence = about.content_type.split(';', 1)[0]!.trim().toLowerCase()
  if (!limits.content_types.includes(essence)) {
    throw new Problem('unsupported_media_type', `Files of type "${essence}" are not accepted.`, {
      accepted: limits.content_types,
    })
  }
}
