/** Makes the archive of a whole business: one moment of its file, readable and provable without us. */
import { createReadStream } from 'node:fs'
import { mkdir, open, rm, stat, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { timestamp } from '../kit/clock.ts'
import { openReadOnly } from '../db/driver.ts'
import { latestVersion } from '../db/migrate.ts'
import type { JobContext } from '../jobs/kind.ts'
import type { ObjectStore } from '../objects/object-store.ts'
import { getTenant } from '../tenants/read.ts'
import { left_out_columns, left_out_tables } from './left-out.ts'
import { archive_kind, type Manifest } from './manifest.ts'
import { surveyObjects, type ArchivedObject } from './objects.ts'
import { readmeText } from './readme.ts'
import { archiveObjectKeys, headsOf, rewriteFile, schemaText } from './store-file.ts'
import { HashedFile, writeTables, type Written } from './tables.ts'
import { writeTar, type Entry } from './tar.ts'
import verify_script from './verify.py' with { type: 'text' }

/** @returns what stands in the manifest, for whoever asked */
export async function makeArchive(context: JobContext): Promise<object> {
  const scratch = join(context.data.path, 'scratch', `archive-${context.job_id}`)
  // What a killed process left of the same job.
  await rm(scratch, { recursive: true, force: true })
  await mkdir(scratch, { recursive: true, mode: 0o700 })
  try {
    return await new Archive(context, scratch).make()
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

class Archive {
  readonly #store: ObjectStore
  readonly #at_ms: number
  #steps = 0

  constructor(
    private readonly context: JobContext,
    private readonly scratch: string,
  ) {
    this.#store = context.services.objects(context.tenant_id)
    this.#at_ms = context.data.clock.now()
  }

  async make(): Promise<object> {
    const { context, scratch } = this
    await this.#tell('Copying the file as it is at this moment')
    const copy = join(scratch, 'copy.db')
    await context.data.tenants.open(context.tenant_id).copyTo(copy)
    const { files, manifest, without } = await this.#writeAll(copy)
    const objects = await this.#survey(without, files, manifest)
    await this.#tell('Writing a copy of the file without its secrets')
    const database = join(scratch, 'tenant.db')
    await rewriteFile(copy, database, { without: left_out_tables, instead: left_out_columns })
    files.push(await hashed('tenant.db', database))
    await this.#tell('Packing')
    const root = `stowage-${manifest.tenant.slug.slice(0, 60)}-${dayOf(manifest.made_at)}`
    files.push(await this.#text('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`))
    files.push(await this.#text('README.txt', readmeText(manifest, root)))
    const packed = this.#pack(root, files, objects)
    await context.artifact(`${root}.tar.gz`, packed, 'application/gzip')
    const { tables: _, ...facts } = manifest
    return facts
  }

  async #writeAll(copy: string) {
    const { context, scratch } = this
    const connection = openReadOnly(copy)
    try {
      const { files, tables } = await writeTables(connection, scratch, (name) =>
        this.#tell(`Writing the table ${name}`),
      )
      const tenant = context.data.platform.read(context.scope, (read) =>
        getTenant(read, { id: context.tenant_id }),
      )
      files.push(await this.#text('business.json', `${JSON.stringify(tenant, null, 2)}\n`))
      files.push(await this.#text('schema.sql', schemaText(connection)))
      files.push(await this.#text('verify.py', verify_script))
      const { id, name, slug, environment, kind } = tenant
      const manifest: Manifest = {
        format: 1,
        made_at: timestamp(this.#at_ms),
        tenant: { id, name, slug, environment, kind },
        schema_version: latestVersion('tenant'),
        ledger: ledgerOf(headsOf(connection)),
        audit: auditOf(headsOf(connection)),
        objects: { files: 0, size_bytes: 0, damaged: 0 },
        left_out_columns: Object.entries(left_out_columns).flatMap(([table, columns]) =>
          Object.keys(columns).map((column) => `${table}.${column}`),
        ),
        tables,
      }
      return { files, manifest, without: new Set(archiveObjectKeys(connection, archive_kind)) }
    } finally {
      connection.close()
    }
  }

  /** The list of objects goes to the disk; what is packed later is read from it. */
  async #survey(without: Set<string>, files: Written[], manifest: Manifest): Promise<string> {
    await this.#tell('Reading labels and documents')
    const from = join(this.scratch, 'objects.ndjson')
    const out = new HashedFile(await open(from, 'wx', 0o600))
    try {
      for await (const object of surveyObjects(this.#store, without)) {
        this.context.signal.throwIfAborted()
        await out.line(`${JSON.stringify(object)}\n`)
        manifest.objects.files += object.path ? 1 : 0
        manifest.objects.damaged += object.path ? 0 : 1
        manifest.objects.size_bytes += object.size_bytes
      }
      files.push({ path: 'objects.ndjson', from, ...(await out.end()) })
    } finally {
      await out.close()
    }
    return from
  }

  #pack(root: string, files: readonly Written[], objects: string): Readable {
    const source = Readable.from(writeTar(root, this.#at_ms, this.#entries(files, objects)))
    const packed = createGzip()
    source.once('error', (error) => packed.destroy(error))
    return source.pipe(packed)
  }

  async *#entries(files: readonly Written[], objects: string): AsyncGenerator<Entry> {
    let sums = ''
    const by_name = [...files].sort((a, b) => order(a.path) - order(b.path))
    for (const { path, from, size_bytes, sha256 } of by_name) {
      this.context.signal.throwIfAborted()
      sums += `${sha256}  ${path}\n`
      yield { path, size_bytes, content: createReadStream(from) }
    }
    for await (const { key, path, size_bytes, sha256 } of listed(objects)) {
      if (!path) continue
      this.context.signal.throwIfAborted()
      sums += `${sha256}  ${path}\n`
      yield { path, size_bytes, content: (await this.#store.get(key)).stream }
    }
    const content = Buffer.from(sums)
    yield { path: 'SHA256SUMS', size_bytes: content.length, content: Readable.from([content]) }
  }

  async #text(path: string, text: string): Promise<Written> {
    const from = join(this.scratch, path)
    await writeFile(from, text, { flag: 'wx', mode: 0o600 })
    return hashed(path, from)
  }

  #tell(note: string): Promise<void> {
    this.context.signal.throwIfAborted()
    return this.context.progress({ done: (this.#steps += 1), note })
  }
}

/** What a person opens first lies first. */
const order = (path: string): number => {
  const at = ['README.txt', 'manifest.json', 'business.json', 'verify.py'].indexOf(path)
  return at < 0 ? 9 : at
}

const dayOf = (time: string): string => time.slice(0, 10).replaceAll('-', '')

const ledgerOf = ({ postings, posting_head }: ReturnType<typeof headsOf>) => ({
  postings,
  head_hash: posting_head,
})
const auditOf = ({ audit_entries, audit_head }: ReturnType<typeof headsOf>) => ({
  entries: audit_entries,
  head_hash: audit_head,
})

async function hashed(path: string, from: string): Promise<Written> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(from)) hash.update(chunk as Buffer)
  return { path, from, size_bytes: (await stat(from)).size, sha256: hash.digest('hex') }
}

async function* listed(path: string): AsyncGenerator<ArchivedObject> {
  const file = await open(path)
  try {
    for await (const line of file.readLines()) yield JSON.parse(line) as ArchivedObject
  } finally {
    await file.close()
  }
}
