/** Looks up what everybody here has to keep to, and who does. */
import { day_ms } from '../../kit/clock.ts'
import { csvLine } from '../../kit/csv.ts'
import { readRange, type IpRange } from '../../kit/ip-ranges.ts'
import type { Read } from '../../db/session.ts'
import type { Ask } from '../../operations/operation.ts'
import type { MadeFile } from '../../operations/shapes.ts'
import type { Security, TwoFactorExport, TwoFactorFilter, TwoFactorReport } from './schema.ts'
import { countPeople, findSecuritySettings, listProvenRows } from './store.ts'
import type { ProvenRow, SecuritySettingsRow } from './store.ts'

export function getSecurity(read: Read): Security {
  const row = findSecuritySettings(read)
  return {
    require_two_factor: row.require_two_factor === 1,
    two_factor_deadline: row.two_factor_deadline,
    allowed_ips: JSON.parse(row.allowed_ips) as string[],
    session_hours: row.session_hours,
    allow_support_access: row.allow_support_access === 1,
    version: row.version,
    updated_at: row.updated_at,
  }
}

/** Where tokens and people may come from; empty for anywhere. */
export const fenceOf = ({ allowed_ips }: Pick<SecuritySettingsRow, 'allowed_ips'>): IpRange[] =>
  (JSON.parse(allowed_ips) as string[]).map((text) => readRange(text)!)

/** Who proves himself twice, and how long the others have. Those who lead the business read it. */
export function reportTwoFactor(read: Read, filter: TwoFactorFilter): TwoFactorReport {
  const { require_two_factor, two_factor_deadline } = getSecurity(read)
  const { rows, ...rest } = listProvenRows(read, filter)
  return {
    data: rows.map(({ confirmed_at, ...row }) => ({
      ...row,
      confirmed_at,
      has_second_factor: confirmed_at !== null,
    })),
    ...rest,
    ...countPeople(read),
    require_two_factor,
    two_factor_deadline,
    days_left: require_two_factor ? daysUntil(two_factor_deadline, read.now) : null,
  }
}

const export_columns = ['email', 'name', 'second_factor_since', 'last_seen_at']
const people_at_once = 100

/** The same report for a spreadsheet, with everybody in it. */
export function exportTwoFactor(ask: Ask, filter: TwoFactorExport): MadeFile {
  async function* pieces(): AsyncGenerator<string> {
    yield csvLine(export_columns)
    for (let cursor: string | undefined; ;) {
      const asked = { ...filter, limit: people_at_once, ...(cursor && { cursor }) }
      const { rows, next_cursor } = ask((read) => listProvenRows(read, asked))
      yield rows.map(lineOf).join('')
      if (!next_cursor) return
      cursor = next_cursor
    }
  }
  return { name: 'second-factors.csv', content_type: 'text/csv; charset=utf-8', pieces: pieces() }
}

const lineOf = ({ email, name, confirmed_at, last_seen_at }: ProvenRow): string =>
  csvLine([email, name, confirmed_at ?? '', last_seen_at ?? ''])

/** Whole days that are left, counted up: 1 on the last one, 0 after it. */
export const daysUntil = (deadline: string | null, now: string): number =>
  deadline ? Math.max(0, Math.ceil((Date.parse(deadline) - Date.parse(now)) / day_ms)) : 0
