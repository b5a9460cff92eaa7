/** Objects in a bucket of MinIO or any other S3: `<prefix>/tenants/<id>/<collection>/<sha256>`. */
import type { Client } from 'minio'
import { parseKey, type StoredObject } from './object-store.ts'
import type { Shelf } from './shelf.ts'

export class S3Shelf implements Shelf {
  /** @param root where this tenant's objects begin inside the bucket, with a slash at its end */
  constructor(
    private readonly client: Client,
    private readonly bucket: string,
    private readonly root: string,
    readonly incoming_folder: string,
  ) {}

  async place(path: string, object: StoredObject): Promise<void> {
    await this.client.fPutObject(this.bucket, this.#name(object.key), path, {
      'Content-Type': object.content_type,
      'x-amz-meta-name': encodeURIComponent(object.name),
    })
  }

  async about(key: string): Promise<StoredObject | undefined> {
    const { sha256 } = parseKey(key)
    try {
      const found = await this.client.statObject(this.bucket, this.#name(key))
      const about = found.metaData as Record<string, string>
      return {
        key,
        sha256,
        size_bytes: found.size,
        content_type: about['content-type'] ?? 'application/octet-stream',
        name: decodeURIComponent(about.name ?? sha256),
      }
    } catch (error) {
      if (['NotFound', 'NoSuchKey'].includes((error as { code?: string }).code ?? ''))
        return undefined
      throw error
    }
  }

  async open(key: string): Promise<AsyncIterable<Uint8Array>> {
    return (await this.client.getObject(this.bucket, this.#name(key))) as AsyncIterable<Uint8Array>
  }

  async remove(key: string): Promise<void> {
    await this.client.removeObject(this.bucket, this.#name(key))
  }

  async *list(prefix: string): AsyncGenerator<{ key: string; size_bytes: number }> {
    const found = this.client.listObjectsV2(this.bucket, this.root + prefix, true)
    for await (const item of found as AsyncIterable<{ name: string; size: number }>) {
      yield { key: item.name.slice(this.root.length), size_bytes: item.size }
    }
  }

  #name(key: string): string {
    parseKey(key)
    return this.root + key
  }
}
