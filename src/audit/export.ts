/** The jobs that write the audit trail into a file which proves itself. */
import { Type, type Static } from '@sinclair/typebox'
import { day_ms, timestamp } from '../kit/clock.ts'
import { jobKind, type JobContext } from '../jobs/kind.ts'
import type { Ask } from '../operations/operation.ts'
import { Closed, Timestamp, type MadeFile } from '../operations/shapes.ts'
import { exportLines } from './export-lines.ts'
import type { DaysAsked } from './schema.ts'

const ExportRequest = Closed({
  from: Type.Optional(Timestamp),
  to: Type.Optional(Timestamp),
})

async function makeExport(context: JobContext, wish: Static<typeof ExportRequest>) {
  const { organization_id } = context.scope
  let last = ''
  let lines = 0
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const progress = (done: number, total: number) => context.progress({ done, total })
    for await (const line of exportLines(context.read, wish, organization_id, progress)) {
      context.signal.throwIfAborted()
      last = lines === 0 ? line : last
      lines += 1
      yield Buffer.from(`${line}\n`)
    }
  }
  await context.artifact('audit.jsonl', bytes(), 'application/x-ndjson')
  const head = JSON.parse(last) as object
  return { ...head, lines }
}

/** What happened in one organization. Entries of the others are withheld, and hold the chain together. */
export const auditExport = jobKind({
  kind: 'audit_export',
  summary: 'Export the audit trail of the organization as lines of JSON that prove themselves',
  permission: 'audit.export',
  feature: 'audit_export',
  while_read_only: true,
  input: ExportRequest,
  run: makeExport,
})

/** All of it: the job belongs to no organization, and only those who reach all of it see it. */
export const businessAuditExport = jobKind({
  kind: 'business_audit_export',
  summary: 'Export the audit trail of the whole business as lines of JSON that prove themselves',
  permission: 'audit.export',
  feature: 'audit_export',
  of: 'business',
  while_read_only: true,
  input: ExportRequest,
  run: makeExport,
})

/** The platform's own, from its first entry or of some days: made while it is sent. */
export function exportPlatformTrail(ask: Ask, { from, to }: DaysAsked): MadeFile {
  const wish = {
    from: from && `${from}T00:00:00.000Z`,
    to: to && timestamp(Date.parse(to) + day_ms),
  }
  async function* pieces(): AsyncGenerator<string> {
    for await (const line of exportLines(ask, wish, '')) yield `${line}\n`
  }
  const name = ['platform-audit', from, to].filter(Boolean).join('-')
  return { name: `${name}.jsonl`, content_type: 'application/x-ndjson', pieces: pieces() }
}

export const jobs = [auditExport, businessAuditExport]
