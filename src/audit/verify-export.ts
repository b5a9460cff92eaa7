/** Proves an exported audit trail from its lines alone: nothing changed, missing, added or moved. */
import {
  export_format,
  type ExportedEntry,
  type ExportHead,
  type WithheldEntry,
} from './export-lines.ts'
import { hex, isForgotten, linkOf, whyBroken, type Hashed } from './hash.ts'

export interface Verdict {
  holds: boolean
  /** Shown whole, and proven. */
  entries: number
  /** Of others: proven to be in their place, and not shown. */
  withheld: number
  /** Whose details were forgotten. */
  forgotten: number
  /** Of others and from before: their hashes had to be believed. */
  believed: number
  head: ExportHead | undefined
  /** The first line that does not hold, counted from 1. */
  broken: { line: number; reason: string } | undefined
}

class Broken extends Error {}

/** @throws nothing: whatever is wrong with the lines is the verdict */
export async function verifyExport(lines: AsyncIterable<string>): Promise<Verdict> {
  const verdict: Verdict = {
    ...{ holds: false, entries: 0, withheld: 0, forgotten: 0, believed: 0 },
    ...{ head: undefined, broken: undefined },
  }
  let line = 0
  let seq = 0
  let hash = ''
  try {
    for await (const text of lines) {
      line += 1
      if (!verdict.head) {
        verdict.head = readHead(text)
        seq = verdict.head.first_seq - 1
        hash = verdict.head.previous_hash
        continue
      }
      const entry = parse(text) as ExportedEntry | WithheldEntry
      if (entry.seq !== seq + 1) throw new Broken(`entry ${seq + 1} is missing`)
      hash = 'withheld' in entry ? follow(entry, hash, verdict) : check(entry, hash, verdict)
      seq += 1
    }
    requireEnd(verdict.head, seq, hash)
    return { ...verdict, holds: true }
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    return { ...verdict, broken: { line, reason: error.message } }
  }
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    if (value !== null && typeof value === 'object') return value
  } catch (error) {
    throw new Broken(`it is not JSON: ${(error as Error).message}`)
  }
  throw new Broken('it is not an entry')
}

function readHead(text: string): ExportHead {
  const head = parse(text) as ExportHead
  if (head.format === export_format) return head
  throw new Broken(`it does not begin as an export of the format ${export_format} does`)
}

/** @returns the hash the next one has to follow */
function check(line: ExportedEntry, before: string, verdict: Verdict): string {
  if (line.previous_hash !== before) throw new Broken('it does not follow the one before')
  const { organization_id } = verdict.head!
  if (organization_id && line.organization_id !== organization_id) {
    throw new Broken('it is of another organization')
  }
  const entry = readEntry(line)
  const reason = whyBroken(entry)
  if (reason) throw new Broken(reason)
  verdict.entries += 1
  if (isForgotten(entry)) verdict.forgotten += 1
  return line.hash
}

function follow(line: WithheldEntry, before: string, verdict: Verdict): string {
  verdict.withheld += 1
  if (line.withheld === null) {
    verdict.believed += 1
    return line.hash
  }
  const hash = hex(linkOf(Buffer.from(before, 'hex'), Buffer.from(line.withheld, 'hex')))
  if (hash !== line.hash) throw new Broken('it was changed')
  return hash
}

function requireEnd(head: ExportHead | undefined, seq: number, hash: string): void {
  if (!head) throw new Broken('it is empty')
  if (seq !== head.last_seq) throw new Broken(`entry ${seq + 1} is missing at the end`)
  if (hash !== head.head_hash) throw new Broken('it does not end with the hash its first line says')
}

const texts = [
  ...['organization_id', 'occurred_at', 'actor_kind', 'actor_id', 'impersonator_id', 'action'],
  ...['subject_id', 'request_id', 'changes', 'ip', 'user_agent', 'actor_name'],
  ...['impersonator_name', 'previous_hash', 'hash'],
] as const

function readEntry(line: ExportedEntry): Hashed {
  const fields = line as unknown as Record<string, unknown>
  const wrong = texts.find((name) => typeof fields[name] !== 'string')
  if (wrong) throw new Broken(`it has no ${wrong}`)
  const { salt, digest, previous_hash, hash, ...entry } = line
  const bytes = (text: string) => Buffer.from(text, 'hex')
  return {
    ...entry,
    salt: typeof salt === 'string' ? bytes(salt) : null,
    digest: typeof digest === 'string' ? bytes(digest) : null,
    previous_hash: bytes(previous_hash),
    hash: bytes(hash),
  }
}
