/** Objects in a bucket of MinIO or any other S3: `<prefix>/tenants/<id>/<collection>/<sha256>`. */
import type { S3Client } from 'bun'
import { parseKey, type StoredObject } from './object-store.ts'
import { listAll } from './s3-client.ts'
import type { Shelf } from './shelf.ts'

const disposition = "inline; filename*=UTF-8''"
/** How long the signature of one question is good for. */
const question_s = 60

export class S3Shelf implements Shelf {
  /** @param root where this tenant's objects begin inside the bucket, with a slash at its end */
  constructor(
    private readonly client: S3Client,
    private readonly root: string,
    readonly incoming_folder: string,
  ) {}

  async place(path: string, object: StoredObject): Promise<void> {
    await this.client.write(this.#name(object.key), Bun.file(path), {
      type: object.content_type,
      contentDisposition: disposition + encodeURIComponent(object.name),
    })
  }

  /** Asked with HEAD by a signed address, because the client itself does not tell the name. */
  async about(key: string): Promise<StoredObject | undefined> {
    const { sha256 } = parseKey(key)
    const method = 'HEAD'
    const url = this.client.presign(this.#name(key), { method, expiresIn: question_s })
    const { status, headers } = await fetch(url, { method })
    if (status === 404) return undefined
    if (status !== 200) throw new Error(`The bucket answered ${status} when asked about ${key}.`)
    const named = headers.get('content-disposition')?.split(disposition)[1]
    return {
      key,
      sha256,
      size_bytes: Number(headers.get('content-length')),
      content_type: headers.get('content-type') ?? 'application/octet-stream',
      name: named ? decodeURIComponent(named) : sha256,
    }
  }

  /** Whoever opens has asked about it before: what is missing fails with the first chunk. */
  open(key: string): Promise<AsyncIterable<Uint8Array>> {
    const stream: ReadableStream<Uint8Array> = this.client.file(this.#name(key)).stream()
    return Promise.resolve(stream)
  }

  async remove(key: string): Promise<void> {
    await this.client.delete(this.#name(key))
  }

  async *list(prefix: string): AsyncGenerator<{ key: string; size_bytes: number }> {
    for await (const { contents = [] } of listAll(this.client, this.root + prefix)) {
      for (const { key, size = 0 } of contents) {
        yield { key: key.slice(this.root.length), size_bytes: size }
      }
    }
  }

  #name(key: string): string {
    parseKey(key)
    return this.root + key
  }
}
