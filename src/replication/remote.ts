/** Reads and writes whole files at the place where copies are kept: a folder, or a bucket. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { copyFile, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { S3Client } from 'bun'
import { isMissing, listAll, s3Client, type S3Settings } from '../objects/s3-client.ts'
import type { ReplicaTarget } from './settings.ts'

/** Paths are relative, with `/` between their parts. */
export interface RemoteFolder {
  /** Names of the folders directly below `path`, sorted; empty when there is none. */
  folders(path: string): Promise<string[]>
  /** The text of a small file, or undefined when it is not there. */
  readText(path: string): Promise<string | undefined>
  /** Replaces a small file whole. */
  writeText(path: string, text: string): Promise<void>
  upload(local_path: string, path: string): Promise<void>
  download(path: string, local_path: string): Promise<void>
  /** How much lies below `path`, or at it. */
  measure(path: string): Promise<{ files: number; bytes: number }>
  /** Removes everything below `path`, or the file at it. */
  remove(path: string): Promise<void>
}

class LocalFolder implements RemoteFolder {
  constructor(private readonly root: string) {}

  async folders(path: string): Promise<string[]> {
    const folder = join(this.root, path)
    if (!existsSync(folder)) return []
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
  }

  async readText(path: string): Promise<string | undefined> {
    const file = join(this.root, path)
    return existsSync(file) ? await readFile(file, 'utf8') : undefined
  }

  async writeText(path: string, text: string): Promise<void> {
    const to = join(this.root, path)
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
    await this.#place(to, (part) => writeFile(part, text, { mode: 0o600 }))
  }

  upload(local_path: string, path: string): Promise<void> {
    return this.#copy(local_path, join(this.root, path))
  }

  download(path: string, local_path: string): Promise<void> {
    return this.#copy(join(this.root, path), local_path)
  }

  async measure(path: string): Promise<{ files: number; bytes: number }> {
    const place = join(this.root, path)
    const found = { files: 0, bytes: 0 }
    if (!existsSync(place)) return found
    const below = statSync(place).isDirectory() ? await readdir(place, { recursive: true }) : ['']
    for (const name of below) {
      const { size, isFile } = lookAt(join(place, name))
      if (!isFile) continue
      found.files += 1
      found.bytes += size
    }
    return found
  }

  remove(path: string): Promise<void> {
    return rm(join(this.root, path), { recursive: true, force: true })
  }

  async #copy(from: string, to: string): Promise<void> {
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
    await this.#place(to, (part) => copyFile(from, part))
  }

  async #place(to: string, make: (part: string) => Promise<void>): Promise<void> {
    await make(`${to}.part`)
    const file = await open(`${to}.part`, 'r+')
    await file.sync().finally(() => file.close())
    await rename(`${to}.part`, to)
  }
}

const removed_at_once = 64

class Bucket implements RemoteFolder {
  readonly #client: S3Client
  constructor(private readonly target: S3Settings) {
    this.#client = s3Client(target)
  }

  async folders(path: string): Promise<string[]> {
    const prefix = `${this.#key(path)}/`.replace(/^\/+/, '')
    const found: string[] = []
    for await (const { commonPrefixes = [] } of listAll(this.#client, prefix, '/')) {
      for (const below of commonPrefixes) found.push(below.prefix.slice(prefix.length, -1))
    }
    return found.sort()
  }

  async readText(path: string): Promise<string | undefined> {
    try {
      return await this.#client.file(this.#key(path)).text()
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  }

  async writeText(path: string, text: string): Promise<void> {
    await this.#client.write(this.#key(path), text)
  }

  async upload(local_path: string, path: string): Promise<void> {
    await this.#client.write(this.#key(path), Bun.file(local_path))
  }

  async download(path: string, local_path: string): Promise<void> {
    mkdirSync(dirname(local_path), { recursive: true, mode: 0o700 })
    const part = await open(`${local_path}.part`, 'w')
    try {
      for await (const chunk of this.#client.file(this.#key(path)).stream()) await part.write(chunk)
      await part.sync()
    } finally {
      await part.close()
    }
    await rename(`${local_path}.part`, local_path)
  }

  async measure(path: string): Promise<{ files: number; bytes: number }> {
    const found = { files: 0, bytes: 0 }
    for await (const { size } of this.#at(path)) {
      found.files += 1
      found.bytes += size
    }
    return found
  }

  async remove(path: string): Promise<void> {
    const all = await Array.fromAsync(this.#at(path))
    for (let from = 0; from < all.length; from += removed_at_once) {
      const some = all.slice(from, from + removed_at_once)
      await Promise.all(some.map(({ key }) => this.#client.delete(key)))
    }
  }

  /** What lies below a path, or at it. */
  async *#at(path: string): AsyncGenerator<{ key: string; size: number }> {
    const exact = this.#key(path)
    for await (const { contents = [] } of listAll(this.#client, exact)) {
      for (const { key, size = 0 } of contents) {
        if (key === exact || key.startsWith(`${exact}/`)) yield { key, size }
      }
    }
  }

  #key(path: string): string {
    return [this.target.prefix, path].filter(Boolean).join('/')
  }
}

/** A file may go while a folder is being read: then it is nobody's any more. */
function lookAt(path: string): { size: number; isFile: boolean } {
  const stat = statSync(path, { throwIfNoEntry: false })
  return { size: stat?.size ?? 0, isFile: stat?.isFile() ?? false }
}

export const openRemote = (target: ReplicaTarget): RemoteFolder =>
  target.kind === 'folder' ? new LocalFolder(target.path) : new Bucket(target)
