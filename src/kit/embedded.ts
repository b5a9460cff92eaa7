/** Files that are part of the program: the executable carries them compressed, the tree does not. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'

export const isCompressed = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** @param path what an import with `{ type: 'file' }` gave */
export function readEmbedded(path: string): Buffer {
  const bytes = readFileSync(path)
  return isCompressed(bytes) ? gunzipSync(bytes) : bytes
}
