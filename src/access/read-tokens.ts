/** Looks tokens up: what each may do and whether it still works, never the token itself. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { reachOf } from './reach.ts'
import type { Token, TokenFilter } from './schema.ts'
import { endingBy, findToken, listTokenRows, unusedSince, type TokenRow } from './store.ts'

/** @throws Problem `not_found` also for a token beyond the caller's reach */
export function getToken(read: Read, { id }: { id: string }): Token {
  const row = findToken(read, id)
  const visible = row && (reachOf(read).wide || row.organization_id === read.scope.organization_id)
  if (!visible) throw notFound('token', id)
  return toToken(row, read)
}

export function listTokens(read: Read, filter: TokenFilter) {
  const organization_id = reachOf(read).wide ? undefined : read.scope.organization_id
  const { rows, ...rest } = listTokenRows(read, filter, organization_id)
  return { data: rows.map((row) => toToken(row, read)), ...rest }
}

const toToken = (row: TokenRow, { now, now_ms }: Read): Token => ({
  id: row.id,
  name: row.name,
  level: row.level,
  organization_id: row.organization_id || null,
  hint: row.hint,
  scopes: JSON.parse(row.scopes) as string[],
  allowed_ips: JSON.parse(row.allowed_ips) as string[],
  status: statusOf(row, now),
  replaced_by: row.replaced_by,
  expires_at: row.expires_at,
  revoked_at: row.revoked_at,
  last_used_at: row.last_used_at,
  last_used_ip: row.last_used_ip,
  attention: attentionTo(row, now, now_ms),
  created_by: row.created_by,
  version: row.version,
  created_at: row.created_at,
})

function attentionTo(row: TokenRow, now: string, now_ms: number): Token['attention'] {
  if (statusOf(row, now) !== 'active') return null
  if (row.expires_at && row.expires_at < endingBy(now_ms) && !row.replaced_by) return 'expiring'
  return (row.last_used_at ?? row.created_at) < unusedSince(now_ms) ? 'unused' : null
}

function statusOf(row: TokenRow, now: string): Token['status'] {
  if (row.revoked_at) return 'revoked'
  return row.expires_at && row.expires_at <= now ? 'expired' : 'active'
}
