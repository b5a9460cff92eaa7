/** The jobs that write usage, line by line, into a file for a spreadsheet. */
import { Type, type Static } from '@sinclair/typebox'
import { csvLine } from '../kit/csv.ts'
import { jobKind, type JobContext } from '../jobs/kind.ts'
import { Closed, Timestamp } from '../operations/shapes.ts'
import { requireWhole } from './reach.ts'
import { inUtc } from './read.ts'
import { MeterName } from './schema.ts'
import { listUsageRows, type UsageRow } from './store.ts'

export const UsageExportWish = Closed({
  meter: Type.Optional(MeterName),
  from: Type.Optional(Timestamp),
  to: Type.Optional(Timestamp),
})
type UsageExportWish = Static<typeof UsageExportWish>

const columns = [
  'id',
  'meter',
  'quantity',
  'organization_id',
  'subject_id',
  'occurred_at',
  'recorded_at',
  'plan_code',
  'is_late',
  'reason',
  'corrected_by',
] as const satisfies (keyof UsageRow)[]

/** Lines that are read at once. */
const page_lines = 1_000

async function writeLines(context: JobContext, wish: UsageExportWish) {
  const only = context.scope.organization_id || undefined
  let lines = 0
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(csvLine(columns))
    let cursor: string | undefined
    do {
      context.signal.throwIfAborted()
      const about = { sort: 'occurred_at', limit: page_lines, ...(cursor && { cursor }) }
      const page = context.read((read) => listUsageRows(read, { ...inUtc(wish), ...about }, only))
      lines += page.rows.length
      yield Buffer.from(page.rows.map((row) => csvLine(columns.map((name) => row[name]))).join(''))
      await context.progress({ done: lines })
      cursor = page.next_cursor ?? undefined
    } while (cursor)
  }
  await context.artifact('usage.csv', bytes(), 'text/csv')
  return { lines }
}

/** What one organization used. */
export const usageExport = jobKind({
  kind: 'usage_export',
  summary: 'Export every line of usage of the organization as CSV',
  permission: 'usage.export',
  while_read_only: true,
  input: UsageExportWish,
  run: writeLines,
})

/** What the whole business used. */
export const businessUsageExport = jobKind({
  kind: 'business_usage_export',
  summary: 'Export every line of usage of the whole business as CSV',
  permission: 'usage.export',
  of: 'business',
  admit: requireWhole,
  while_read_only: true,
  input: UsageExportWish,
  run: writeLines,
})

export const jobs = [usageExport, businessUsageExport]
