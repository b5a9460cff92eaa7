/** The rows of tokens, and of organizations and tenants as far as the gate needs them. */
import { day_ms, timestamp } from '../kit/clock.ts'
import { listRows, type Condition, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { TokenFilter } from './schema.ts'

export interface TokenRow {
  id: string
  name: string
  level: 'platform' | 'tenant' | 'organization'
  organization_id: string
  hint: string
  scopes: string
  allowed_ips: string
  replaced_by: string | null
  expires_at: string | null
  revoked_at: string | null
  last_used_at: string | null
  last_used_ip: string | null
  created_by: string
  version: number
  created_at: string
}

export const findTokenByHash = (read: Read, token_hash: Uint8Array): TokenRow | undefined =>
  read.get<TokenRow>('SELECT * FROM tokens WHERE token_hash = ?', token_hash)

export const findToken = (read: Read, id: string): TokenRow | undefined =>
  read.get<TokenRow>('SELECT * FROM tokens WHERE id = ?', id)

/** Working tokens that were not used since then are asked about: does anybody still need them? */
export const unusedSince = (now_ms: number): string => timestamp(now_ms - 90 * day_ms)

/** Working tokens that end before then, and that no other replaces, are warned of. */
export const endingBy = (now_ms: number): string => timestamp(now_ms + 14 * day_ms)

/** @param organization_id undefined for the tokens of all organizations and of the tenant itself */
export const listTokenRows = (
  read: Read,
  filter: TokenFilter,
  organization_id: string | undefined,
): Page<TokenRow> => {
  const works = 'revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)'
  const { attention } = filter
  const unused_since = attention && unusedSince(read.now_ms)
  const ending_by = attention && endingBy(read.now_ms)
  const forgotten = 'coalesce(last_used_at, created_at) < ?'
  const ending = '(expires_at < ? AND replaced_by IS NULL)'
  return listRows<TokenRow>(read, filter, {
    select: '* FROM tokens',
    where: [
      ['organization_id = ?', organization_id],
      [works, filter.status === 'active' ? read.now : undefined],
      [`NOT (${works})`, filter.status === 'ended' ? read.now : undefined],
      [works, attention && read.now],
      [forgotten, attention === 'unused' ? unused_since : undefined],
      [ending, attention === 'expiring' ? ending_by : undefined],
      ...(attention === 'any'
        ? ([[`(${forgotten} OR ${ending})`, unused_since, ending_by]] as Condition[])
        : []),
    ],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id',
  })
}

export const insertToken = (
  tx: Write,
  token: Pick<TokenRow, 'id' | 'name' | 'level' | 'organization_id' | 'hint' | 'expires_at'> & {
    token_hash: Uint8Array
    scopes: readonly string[]
    allowed_ips: readonly string[]
  },
): number =>
  tx.run(
    `INSERT INTO tokens (id, name, level, organization_id, token_hash, hint, scopes, allowed_ips,
       expires_at, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    token.id,
    token.name,
    token.level,
    token.organization_id,
    token.token_hash,
    token.hint,
    JSON.stringify(token.scopes),
    JSON.stringify(token.allowed_ips),
    token.expires_at,
    tx.scope.actor.id,
    tx.now,
  )

/** @returns 0 when another rotation came first */
export const replaceToken = (tx: Write, id: string, by: string, expires_at: string): number =>
  tx.run(
    `UPDATE tokens SET replaced_by = ?, expires_at = ?, version = version + 1
     WHERE id = ? AND replaced_by IS NULL`,
    by,
    expires_at,
    id,
  )

export const setRevoked = (tx: Write, id: string): number =>
  tx.run(
    'UPDATE tokens SET revoked_at = ?, version = version + 1 WHERE id = ? AND revoked_at IS NULL',
    tx.now,
    id,
  )

export const touchToken = (tx: Write, id: string, ip: string): number =>
  tx.run('UPDATE tokens SET last_used_at = ?, last_used_ip = ? WHERE id = ?', tx.now, ip, id)

export const defaultOrganization = (read: Read): string =>
  read.get<{ id: string }>('SELECT id FROM organizations WHERE is_default = 1')?.id ?? ''

export const organizationExists = (read: Read, id: string): boolean =>
  read.get('SELECT 1 FROM organizations WHERE id = ?', id) !== undefined

/** Why nothing may be written in it; undefined when it may. */
export function archivedReason(read: Read, organization_id: string): string | undefined {
  const found = read.get<{ name: string }>(
    'SELECT name FROM organizations WHERE id = ? AND archived_at IS NOT NULL',
    organization_id,
  )
  return found && `${found.name} is archived and can only be read.`
}

export const organizationName = (read: Read, id: string): string =>
  read.get<{ name: string }>('SELECT name FROM organizations WHERE id = ?', id)?.name ?? ''

/** For sign-in, where a person names the business: pending ones are not there yet. */
export const findTenantBySlug = (
  read: Read,
  slug: string,
): { id: string; name: string } | undefined =>
  read.get(
    "SELECT id, name FROM tenants WHERE slug = ? AND status NOT IN ('pending', 'deleted')",
    slug,
  )

/** A business that is there: not one that is still being built, nor one that is gone. */
export const findOpenTenant = (read: Read, id: string): { name: string } | undefined =>
  read.get("SELECT name FROM tenants WHERE id = ? AND status NOT IN ('pending', 'deleted')", id)

/** Whether the operator or the business itself has paused it. */
export const findPaused = (read: Read, id: string): { status: string } | undefined =>
  read.get("SELECT status FROM tenants WHERE id = ? AND status IN ('suspended', 'closing')", id)

/** Every name under which a business is reached now; a hundred thousand of them fit into memory. */
export const namedHosts = (
  read: Read,
): { kind: string; host: string; tenant_id: string; slug: string; name: string }[] =>
  read.all(
    `SELECT d.kind, d.name AS host, t.id AS tenant_id, t.slug, t.name
     FROM domains d JOIN tenants t ON t.id = d.tenant_id
     WHERE d.state = 'verified' AND t.status NOT IN ('pending', 'deleted') LIMIT 100000`,
  )

const firstTenants = (read: Read): { id: string }[] =>
  read.all("SELECT id FROM tenants WHERE status NOT IN ('pending', 'deleted') LIMIT 2")

/** The business of an installation that has exactly one. */
export function findOnlyTenant(read: Read): string | undefined {
  const found = firstTenants(read)
  return found.length === 1 ? found[0]!.id : undefined
}

export const hasSeveralTenants = (read: Read): boolean => firstTenants(read).length > 1

/** The organizations a person belongs to, by name. */
export const namesOfOrganizations = (read: Read, user_id: string): { id: string; name: string }[] =>
  read.all(
    `SELECT o.id, CASE WHEN o.archived_at IS NULL THEN o.name ELSE o.name || ' (archived)' END AS name
     FROM memberships m JOIN organizations o ON o.id = m.organization_id
     WHERE m.user_id = ? ORDER BY o.archived_at IS NOT NULL, o.name, o.id LIMIT 1000`,
    user_id,
  )
