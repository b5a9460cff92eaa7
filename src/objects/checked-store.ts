/** An object store over any shelf: names, limits and checksums are looked after here, once. */
import { createHash, randomUUID, type Hash } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { notFound, Problem } from '../kit/problem.ts'
import { checkNewObject, checkPrefix, parseKey } from './object-store.ts'
import type { NewObject, ObjectContent, ObjectLimits } from './object-store.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'
import type { Shelf } from './shelf.ts'

export class CheckedStore implements ObjectStore {
  constructor(
    private readonly shelf: Shelf,
    private readonly limits: ObjectLimits,
  ) {}

  async put(content: ObjectContent, about: NewObject): Promise<StoredObject> {
    checkNewObject(about, this.limits)
    await mkdir(this.shelf.incoming_folder, { recursive: true, mode: 0o700 })
    const path = join(this.shelf.incoming_folder, randomUUID())
    try {
      const { sha256, size_bytes } = await this.#collect(content, path, this.#mostBytes(about))
      const { content_type, name, collection } = about
      const fresh = { key: `${collection}/${sha256}`, sha256, size_bytes, content_type, name }
      const known = await this.shelf.about(fresh.key)
      if (known && (await this.#isWhole(known))) return known
      const object = known ? { ...known, size_bytes } : fresh
      await this.shelf.place(path, object)
      return object
    } finally {
      await rm(path, { force: true })
    }
  }

  async get(key: string): Promise<{ object: StoredObject; stream: ReadableStream<Uint8Array> }> {
    const object = await this.#about(key)
    const source = await this.shelf.open(key)
    return { object, stream: streamOf(checked(source, object)) }
  }

  async read(key: string): Promise<{ object: StoredObject; bytes: Uint8Array }> {
    const object = await this.#about(key)
    const chunks: Uint8Array[] = []
    for await (const chunk of checked(await this.shelf.open(key), object)) chunks.push(chunk)
    return { object, bytes: Buffer.concat(chunks) }
  }

  async has(key: string): Promise<boolean> {
    parseKey(key)
    return (await this.shelf.about(key)) !== undefined
  }

  async remove(key: string): Promise<void> {
    parseKey(key)
    await this.shelf.remove(key)
  }

  list(prefix = ''): AsyncIterable<{ key: string; size_bytes: number }> {
    return this.shelf.list(checkPrefix(prefix))
  }

  async adopt(other: ObjectStore, without: ReadonlySet<string> = new Set()): Promise<void> {
    for await (const { key } of other.list()) {
      if (without.has(key)) continue
      try {
        await this.#adoptOne(other, key)
      } catch (error) {
        // It may have been removed since it was listed.
        if (await other.has(key)) throw error
      }
    }
    await this.shelf.settle?.()
  }

  async #adoptOne(other: ObjectStore, key: string): Promise<void> {
    if (other instanceof CheckedStore && (await this.shelf.share?.(other.shelf, key))) return
    const { object, stream } = await other.get(key)
    const { content_type, name } = object
    const { collection } = parseKey(key)
    await this.put(stream, { content_type, name, collection, of_our_own: true })
  }

  async removeAll(): Promise<void> {
    const keys: string[] = []
    for await (const { key } of this.shelf.list('')) keys.push(key)
    for (const key of keys) await this.shelf.remove(key)
  }

  async #about(key: string): Promise<StoredObject> {
    parseKey(key)
    const object = await this.shelf.about(key)
    if (!object) throw notFound('object', key)
    return object
  }

  /** Content that arrives again heals what was damaged meanwhile. */
  async #isWhole(object: StoredObject): Promise<boolean> {
    const hash = createHash('sha256')
    for await (const chunk of await this.shelf.open(object.key)) hash.update(chunk)
    return hash.digest('hex') === object.sha256
  }

  #mostBytes({ of_our_own }: NewObject): number {
    return of_our_own ? Infinity : this.limits.max_bytes
  }

  async #collect(
    content: ObjectContent,
    path: string,
    max_bytes: number,
  ): Promise<{ sha256: string; size_bytes: number }> {
    const file = await open(path, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      const size_bytes = await this.#write(content, file, hash, max_bytes)
      await file.sync()
      return { sha256: hash.digest('hex'), size_bytes }
    } finally {
      await file.close()
    }
  }

  async #write(
    content: ObjectContent,
    file: FileHandle,
    hash: Hash,
    max_bytes: number,
  ): Promise<number> {
    let size_bytes = 0
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      size_bytes += chunk.byteLength
      if (size_bytes > max_bytes) {
        const detail = `A file may have ${max_bytes} bytes.`
        throw new Problem('payload_too_large', detail, { max_bytes })
      }
      hash.update(chunk)
      await file.write(chunk)
    }
    return size_bytes
  }
}

async function* checked(
  source: AsyncIterable<Uint8Array>,
  object: StoredObject,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  for await (const chunk of source) {
    hash.update(chunk)
    yield chunk
  }
  if (hash.digest('hex') !== object.sha256) {
    throw new Error(`The object ${object.key} is damaged: its checksum does not match.`)
  }
}

function streamOf(source: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await source.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    async cancel() {
      await source.return(undefined)
    },
  })
}
