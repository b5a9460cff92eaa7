/** Labels, documents and other files of the business: which of them are whole, and what they are called. */
import type { ObjectStore } from '../objects/object-store.ts'

export interface ArchivedObject {
  key: string
  /** In the archive; null for one that is damaged or gone. */
  path: string | null
  name: string
  content_type: string
  size_bytes: number
  sha256: string
  /** Why it is not in the archive. */
  problem: string | null
}

/**
 * Reads every object once before the archive is begun: one damaged file is named in the list and
 * does not keep the owner from all the others.
 */
export async function* surveyObjects(
  store: ObjectStore,
  without: ReadonlySet<string>,
): AsyncGenerator<ArchivedObject> {
  for await (const { key } of store.list()) {
    if (!without.has(key)) yield await survey(store, key)
  }
}

async function survey(store: ObjectStore, key: string): Promise<ArchivedObject> {
  const sha256 = key.slice(key.indexOf('/') + 1)
  try {
    const { object, stream } = await store.get(key)
    let size_bytes = 0
    for await (const chunk of stream) size_bytes += chunk.byteLength
    const { name, content_type } = object
    const path = pathOf(key, name)
    return { key, path, name, content_type, size_bytes, sha256, problem: null }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return { key, path: null, name: '', content_type: '', size_bytes: 0, sha256, problem }
  }
}

/** Collection, the first digits of its hash, and its name as far as every file system takes it. */
function pathOf(key: string, name: string): string {
  const [collection = '', sha256 = ''] = key.split('/')
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '_').slice(-40)
  return `objects/${collection}/${sha256.slice(0, 12)}-${plain}`
}
