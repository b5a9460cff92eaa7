/** Objects on the local disk, in the tenant's own folder: `objects/<collection>/<2 hex>/<sha256>`. */
import { createReadStream, existsSync } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseKey, type StoredObject } from './object-store.ts'
import type { Shelf } from './shelf.ts'

export class LocalShelf implements Shelf {
  readonly incoming_folder: string

  /** @param folder `tenants/<2 hex>/<id>/objects` */
  constructor(private readonly folder: string) {
    this.incoming_folder = join(folder, '.incoming')
  }

  /** What is known about the object is written last: before that, nobody sees it. */
  async place(path: string, object: StoredObject): Promise<void> {
    const target = this.#path(object.key)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await rename(path, target)
    await writeDurably(`${path}.json`, JSON.stringify(object))
    await rename(`${path}.json`, `${target}.json`)
    await syncFolders(dirname(target), dirname(this.folder))
  }

  /**
   * One file under two names: nothing here ever writes into a file, it puts another in its place, so
   * that a change or a removal on one shelf leaves the other as it is.
   */
  async share(other: Shelf, key: string): Promise<boolean> {
    if (!(other instanceof LocalShelf)) return false
    const [from, to] = [other.#path(key), this.#path(key)]
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    await link(from, to)
    await link(`${from}.json`, `${to}.json`)
    return true
  }

  async settle(): Promise<void> {
    const folders = new Set([dirname(this.folder)])
    for await (const { key } of this.list('')) folders.add(dirname(this.#path(key)))
    for (const folder of [...folders]) {
      for (let up = folder; up.startsWith(this.folder); up = dirname(up)) folders.add(up)
    }
    for (const folder of folders) await syncFolder(folder)
  }

  async about(key: string): Promise<StoredObject | undefined> {
    const path = this.#path(key)
    if (!existsSync(path) || !existsSync(`${path}.json`)) return undefined
    return JSON.parse(await readFile(`${path}.json`, 'utf8')) as StoredObject
  }

  open(key: string): Promise<AsyncIterable<Uint8Array>> {
    return Promise.resolve(createReadStream(this.#path(key)) as AsyncIterable<Uint8Array>)
  }

  async remove(key: string): Promise<void> {
    const path = this.#path(key)
    await rm(`${path}.json`, { force: true })
    await rm(path, { force: true })
  }

  async *list(prefix: string): AsyncGenerator<{ key: string; size_bytes: number }> {
    const [collection = '', beginning] = prefix.split('/')
    for (const folder of await names(this.folder)) {
      const wanted = beginning === undefined ? folder.startsWith(collection) : folder === collection
      if (!wanted || folder.startsWith('.')) continue
      for (const shard of await names(join(this.folder, folder))) {
        for (const file of await names(join(this.folder, folder, shard))) {
          if (!file.endsWith('.json') || !file.startsWith(beginning ?? '')) continue
          const path = join(this.folder, folder, shard, file.slice(0, -'.json'.length))
          const key = `${folder}/${file.slice(0, -'.json'.length)}`
          yield { key, size_bytes: (await stat(path)).size }
        }
      }
    }
  }

  #path(key: string): string {
    const { collection, sha256 } = parseKey(key)
    return join(this.folder, collection, sha256.slice(0, 2), sha256)
  }
}

const names = async (folder: string): Promise<string[]> =>
  existsSync(folder) ? await readdir(folder) : []

async function writeDurably(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600, flush: true })
}

/** A file is durable when every folder on the way to it is. */
async function syncFolders(from: string, up_to: string): Promise<void> {
  for (let folder = from; folder.length >= up_to.length; folder = dirname(folder)) {
    await syncFolder(folder)
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
