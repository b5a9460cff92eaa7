/** The rows of domains in `platform.db`. */
import { listRows, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { Domain, PlatformDomainFilter } from './schema.ts'

export interface DomainRow {
  id: string
  tenant_id: string
  tenant_name: string
  kind: Domain['kind']
  name: string
  is_primary: 0 | 1
  state: Domain['state']
  proof: string
  failure_count: number
  last_error: string
  checked_at: string | null
  verified_at: string | null
  quarantined_until: string | null
  created_at: string
  updated_at: string
}

export const readPublicUrl = (read: Read): string =>
  read.get<{ public_url: string }>('SELECT public_url FROM installation')!.public_url

export const writePublicUrl = (tx: Write, public_url: string): number =>
  tx.run('UPDATE installation SET public_url = ?', public_url)

const columns = 'd.*, t.name AS tenant_name FROM domains d JOIN tenants t ON t.id = d.tenant_id'

export const findDomain = (read: Read, id: string): DomainRow | undefined =>
  read.get<DomainRow>(`SELECT ${columns} WHERE d.id = ?`, id)

export const insertDomain = (
  tx: Write,
  row: Pick<DomainRow, 'id' | 'tenant_id' | 'kind' | 'name' | 'proof'>,
): number => {
  const proven = row.kind === 'subdomain'
  return tx.run(
    `INSERT INTO domains (id, tenant_id, kind, name, is_primary, state, proof, verified_at,
       created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.tenant_id,
    row.kind,
    row.name,
    proven ? 1 : 0,
    proven ? 'verified' : 'pending',
    row.proof,
    proven ? tx.now : null,
    tx.now,
    tx.now,
  )
}

/** Whoever has proven that a name is his. */
export const findHolder = (read: Read, name: string): { tenant_id: string } | undefined =>
  read.get(
    "SELECT tenant_id FROM domains WHERE kind = 'custom' AND name = ? AND state = 'verified'",
    name,
  )

/** The row of one business for a name; those it has released do not count. */
export const findOwn = (read: Read, tenant_id: string, name: string): { id: string } | undefined =>
  read.get(
    `SELECT id FROM domains
     WHERE tenant_id = ? AND kind = 'custom' AND name = ? AND state <> 'released'`,
    tenant_id,
    name,
  )

/** Until when a name that others released waits. */
export const findQuarantine = (read: Read, tenant_id: string, name: string): string | undefined =>
  read.get<{ until: string | null }>(
    `SELECT max(quarantined_until) AS until FROM domains
     WHERE name = ? AND state = 'released' AND tenant_id <> ? AND quarantined_until > ?`,
    name,
    tenant_id,
    read.now,
  )?.until ?? undefined

export const countCustomDomains = (read: Read, tenant_id: string): number =>
  read.get<{ n: number }>(
    `SELECT count(*) AS n FROM domains
     WHERE tenant_id = ? AND kind = 'custom' AND state <> 'released'`,
    tenant_id,
  )!.n

/** The first is the primary one. */
export const domainsOfTenants = (read: Read, tenant_ids: readonly string[]): DomainRow[] =>
  read.all<DomainRow>(
    `SELECT d.*, '' AS tenant_name FROM domains d
     WHERE d.tenant_id IN (SELECT value FROM json_each(?)) AND d.state <> 'released'
     ORDER BY d.tenant_id, d.is_primary DESC, d.created_at, d.id LIMIT 10000`,
    JSON.stringify(tenant_ids),
  )

export const listDomainRows = (read: Read, filter: PlatformDomainFilter): Page<DomainRow> => {
  const { search, state, kind, tenant_id } = filter
  const begins = search?.toLowerCase()
  return listRows<DomainRow>(read, filter, {
    select: columns,
    where: [
      ['d.tenant_id = ?', tenant_id],
      ['d.state = ?', state],
      ['d.kind = ?', kind],
      ['d.name BETWEEN ? AND ?', begins, begins && `${begins}\u{10ffff}`],
    ],
    sortable: { created_at: 'd.created_at', name: 'd.name' },
    default_sort: '-created_at',
    id: 'd.id',
  })
}

/** @returns the domain that was primary before */
export const clearPrimary = (tx: Write, tenant_id: string): number =>
  tx.run(
    'UPDATE domains SET is_primary = 0, updated_at = ? WHERE tenant_id = ? AND is_primary = 1',
    tx.now,
    tenant_id,
  )

export const setPrimary = (tx: Write, id: string): number =>
  tx.run('UPDATE domains SET is_primary = 1, updated_at = ? WHERE id = ?', tx.now, id)

export const findSubdomain = (read: Read, tenant_id: string): { id: string } | undefined =>
  read.get("SELECT id FROM domains WHERE tenant_id = ? AND kind = 'subdomain'", tenant_id)

export const findPrimary = (read: Read, tenant_id: string): Pick<DomainRow, 'id' | 'kind'> =>
  read.get('SELECT id, kind FROM domains WHERE tenant_id = ? AND is_primary = 1', tenant_id)!

/** The proof was there. */
export const setProven = (tx: Write, id: string): number =>
  tx.run(
    `UPDATE domains SET state = 'verified', failure_count = 0, last_error = '', checked_at = ?,
       verified_at = coalesce(CASE state WHEN 'verified' THEN verified_at END, ?), updated_at = ?
     WHERE id = ?`,
    tx.now,
    tx.now,
    tx.now,
    id,
  )

/** The proof was not there. */
export const setUnproven = (
  tx: Write,
  row: Pick<DomainRow, 'id' | 'state' | 'failure_count' | 'last_error'>,
): number =>
  tx.run(
    `UPDATE domains SET state = ?, failure_count = ?, last_error = ?, checked_at = ?,
       updated_at = ? WHERE id = ?`,
    row.state,
    row.failure_count,
    row.last_error,
    tx.now,
    tx.now,
    row.id,
  )

/** The DNS said nothing; when it last did is kept. */
export const setUnanswered = (tx: Write, id: string, last_error: string): number =>
  tx.run('UPDATE domains SET last_error = ?, updated_at = ? WHERE id = ?', last_error, tx.now, id)

export const setReleased = (tx: Write, id: string, quarantined_until: string): number =>
  tx.run(
    `UPDATE domains SET state = 'released', is_primary = 0, quarantined_until = ?, updated_at = ?
     WHERE id = ?`,
    quarantined_until,
    tx.now,
    id,
  )

export const deleteDomain = (tx: Write, id: string): number =>
  tx.run('DELETE FROM domains WHERE id = ?', id)

/** Names whose quarantine is over. */
export const deleteReleasedBefore = (tx: Write, before: string): number =>
  tx.run('DELETE FROM domains WHERE quarantined_until <= ?', before)

/** Verified domains of one's own that nobody has looked at since. */
export const listToCheck = (read: Read, before: string, limit: number): DomainRow[] =>
  read.all<DomainRow>(
    `SELECT d.*, t.name AS tenant_name
     FROM domains d INDEXED BY domains_to_check JOIN tenants t ON t.id = d.tenant_id
     WHERE d.kind = 'custom' AND d.state = 'verified' AND d.checked_at < ?
     ORDER BY d.checked_at, d.id LIMIT ?`,
    before,
    limit,
  )

/** Who looks after a business. */
export const adminEmailOf = (read: Read, tenant_id: string): string =>
  read.get<{ admin_email: string }>('SELECT admin_email FROM tenants WHERE id = ?', tenant_id)!
    .admin_email

export const isOpen = (read: Read, tenant_id: string): boolean =>
  read.get(
    "SELECT 1 FROM tenants WHERE id = ? AND status NOT IN ('pending', 'deleted')",
    tenant_id,
  ) !== undefined
