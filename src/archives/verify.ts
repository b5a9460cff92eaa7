/** Proves an archive on any machine: its checksums, its counts, and the ledger and trail inside it. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { openReadOnly } from '../db/driver.ts'
import type { Manifest } from './manifest.ts'
import { headsOf } from './store-file.ts'
import { readTar } from './tar.ts'

export interface Verified {
  manifest: Manifest | undefined
  files: number
  /** What does not hold; empty when everything does. */
  differences: string[]
}

/** Small enough to be held; all else passes through. */
const most_held_bytes = 64 * 1024 * 1024
const line_feed = 10

interface Seen {
  sha256: string
  lines: number
}

/**
 * @param folder empty; holds the database of the archive afterwards, for whoever removes it
 * @param prove checks chains and balances of a tenant's file
 * @throws when it is no archive at all
 */
export async function verifyArchive(
  path: string,
  folder: string,
  prove: (database: string) => Promise<void>,
): Promise<Verified> {
  await mkdir(folder, { recursive: true })
  const seen = new Map<string, Seen>()
  const held = new Map<string, string>()
  const database = join(folder, 'tenant.db')
  const source = createReadStream(path)
  const unpacked = createGunzip()
  source.once('error', (error) => unpacked.destroy(error))
  await readTar(source.pipe(unpacked), async ({ path: whole, size_bytes }, content) => {
    // Everything lies in one folder.
    const name = whole.slice(whole.indexOf('/') + 1)
    const keep = ['manifest.json', 'SHA256SUMS'].includes(name) && size_bytes < most_held_bytes
    const pieces: Uint8Array[] = []
    const out = name === 'tenant.db' ? await open(database, 'wx', 0o600) : undefined
    seen.set(name, await pass(content, out, keep ? pieces : undefined))
    if (keep) held.set(name, Buffer.concat(pieces).toString('utf8'))
  })
  const [sums, text] = [held.get('SHA256SUMS'), held.get('manifest.json')]
  if (sums === undefined || text === undefined || !seen.has('tenant.db')) {
    throw new Error('This is no archive of a business, or a part of it is missing.')
  }
  const manifest = JSON.parse(text) as Manifest
  const differences = [...compareSums(sums, seen), ...compareCounts(manifest, seen)]
  if (differences.length === 0) differences.push(...(await proveInside(manifest, database, prove)))
  return { manifest, files: seen.size, differences }
}

async function pass(
  content: AsyncIterable<Uint8Array>,
  out: FileHandle | undefined,
  pieces: Uint8Array[] | undefined,
): Promise<Seen> {
  const hash = createHash('sha256')
  let lines = 0
  try {
    for await (const chunk of content) {
      hash.update(chunk)
      lines += linesIn(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
      await out?.write(chunk)
      pieces?.push(Buffer.from(chunk))
    }
  } finally {
    await out?.close()
  }
  return { sha256: hash.digest('hex'), lines }
}

function linesIn(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(line_feed); at >= 0; at = bytes.indexOf(line_feed, at + 1)) lines += 1
  return lines
}

function compareSums(sums: string, seen: ReadonlyMap<string, Seen>): string[] {
  const expected = new Map(
    sums
      .split('\n')
      .filter(Boolean)
      .map((line) => [line.slice(66), line.slice(0, 64)] as const),
  )
  const wrong = [...expected].flatMap(([name, sha256]) => {
    const found = seen.get(name)
    if (!found) return [`${name} is missing.`]
    return found.sha256 === sha256 ? [] : [`${name} was changed.`]
  })
  const added = [...seen.keys()].filter((name) => name !== 'SHA256SUMS' && !expected.has(name))
  return [...wrong, ...added.map((name) => `${name} was added.`)]
}

const compareCounts = ({ tables }: Manifest, seen: ReadonlyMap<string, Seen>): string[] =>
  tables.flatMap(({ name, file, rows }) => {
    const lines = file ? (seen.get(file)?.lines ?? 0) : 0
    return file && lines !== rows ? [`${name} has ${lines} rows instead of ${rows}.`] : []
  })

async function proveInside(
  { ledger, audit }: Manifest,
  database: string,
  prove: (database: string) => Promise<void>,
): Promise<string[]> {
  const connection = openReadOnly(database)
  const heads = headsOf(connection)
  connection.close()
  const wrong: string[] = []
  if (heads.postings !== ledger.postings || heads.posting_head !== ledger.head_hash) {
    wrong.push('The ledger does not end where the manifest says.')
  }
  if (heads.audit_entries !== audit.entries || heads.audit_head !== audit.head_hash) {
    wrong.push('The audit trail does not end where the manifest says.')
  }
  try {
    await prove(database)
  } catch (error) {
    wrong.push(error instanceof Error ? error.message : String(error))
  }
  return wrong
}
