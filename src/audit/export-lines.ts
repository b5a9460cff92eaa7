/** Writes an audit trail as lines of JSON that can be proven without us. */
import { timestamp } from '../kit/clock.ts'
import type { Read, Sync } from '../db/session.ts'
import { bodyOf, genesis, hex } from './hash.ts'
import { entriesBetween, findEntry, lastEntry, seqAt, type AuditRow } from './store.ts'

export const export_format = 'stowage-audit-1'

/** The first line. */
export interface ExportHead {
  format: typeof export_format
  /** Empty for the trail of the platform. */
  tenant_id: string
  /** Whose entries are shown; null for all. The others are withheld, and hold the chain together. */
  organization_id: string | null
  made_at: string
  /** The entries that follow, both included; `last_seq` is one less when there are none. */
  first_seq: number
  last_seq: number
  /** What the first entry follows, and what the last one leads to. */
  previous_hash: string
  head_hash: string
}

/** An entry as it stands in the file. Its `changes` are text, to the byte as they were written. */
export type ExportedEntry = Omit<AuditRow, 'salt' | 'digest' | 'previous_hash' | 'hash'> & {
  salt: string | null
  digest: string | null
  previous_hash: string
  hash: string
}

/**
 * An entry of somebody else. Its body says nothing and is enough to go on with the chain; one from
 * before has none, so that its hash has to be believed.
 */
export interface WithheldEntry {
  seq: number
  withheld: string | null
  hash: string
}

export interface ExportWish {
  from?: string | undefined
  to?: string | undefined
}

type Ask = <T>(query: (read: Read) => Sync<T>) => T

/** Entries read in one moment; requests come in between. */
const at_once = 500

/**
 * The trail as it is now: what is added meanwhile is not in it.
 * @param organization_id empty for all
 * @param told after each stretch, with how many lines there are already and will be
 */
export async function* exportLines(
  ask: Ask,
  { from, to }: ExportWish,
  organization_id: string,
  told: (done: number, total: number) => Promise<void> = () => Promise.resolve(),
): AsyncGenerator<string> {
  const head = ask((read) => headOf(read, { from, to }, organization_id))
  const { first_seq, last_seq } = head
  yield JSON.stringify(head)
  for (let seq = first_seq; seq <= last_seq; seq += at_once) {
    const end = Math.min(seq + at_once, last_seq + 1)
    const rows = ask((read) => entriesBetween(read, seq, end))
    for (const row of rows) yield JSON.stringify(lineOf(row, organization_id))
    await told(end - first_seq, last_seq - first_seq + 1)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

function headOf(read: Read, { from, to }: ExportWish, organization_id: string): ExportHead {
  const seqOf = (time: string) => seqAt(read, timestamp(Date.parse(time)))
  const first_seq = from ? seqOf(from) : 1
  const behind = to ? seqOf(to) : (lastEntry(read)?.seq ?? 0) + 1
  const last_seq = Math.max(behind, first_seq) - 1
  const hashAt = (seq: number) => hex(findEntry(read, seq)?.hash ?? genesis)
  return {
    format: export_format,
    tenant_id: read.scope.tenant_id,
    organization_id: organization_id || null,
    made_at: read.now,
    first_seq,
    last_seq,
    previous_hash: hashAt(first_seq - 1),
    head_hash: hashAt(last_seq),
  }
}

function lineOf(row: AuditRow, organization_id: string): ExportedEntry | WithheldEntry {
  const { seq, digest, salt, previous_hash, hash, ...entry } = row
  if (organization_id && row.organization_id !== organization_id) {
    return { seq, withheld: digest && hex(bodyOf(row, digest)), hash: hex(hash) }
  }
  return {
    seq,
    ...entry,
    salt: salt && hex(salt),
    digest: digest && hex(digest),
    previous_hash: hex(previous_hash),
    hash: hex(hash),
  }
}
