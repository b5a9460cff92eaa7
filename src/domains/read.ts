/** Looks up domains, and says under which addresses a business is reached. */
import { withoutPort } from '../kit/host-names.ts'
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import type { Beside } from '../operations/outward.ts'
import type {
  Domain,
  DomainFilter,
  DomainOfTenant,
  PlatformDomain,
  PlatformDomainFilter,
} from './schema.ts'
import {
  domainsOfTenants,
  findDomain,
  listDomainRows,
  readPublicUrl,
  type DomainRow,
} from './store.ts'

/** Where the proof stands: not on the host itself, which may be nothing but an alias. */
export const proofRecord = (domain: string): string => `_stowage.${domain}`

export const hostOf = ({ kind, name }: Pick<DomainRow, 'kind' | 'name'>, url: URL): string =>
  kind === 'subdomain' ? `${name}.${url.hostname}` : name

/** A subdomain is where the installation is, with its port; a domain of one's own is behind TLS. */
const urlOf = (row: DomainRow, url: URL): string =>
  row.kind === 'subdomain' ? `${url.protocol}//${row.name}.${url.host}` : `https://${row.name}`

export const publicUrl = (read: Read): URL => new URL(readPublicUrl(read))

/** The installation's own host name. */
export const platformHost = (read: Read): string => withoutPort(publicUrl(read).host)

export interface Addresses {
  domains: DomainOfTenant[]
  /** `https://harbour.stock.example.com`, the primary one first. */
  api_domains: string[]
}

/** The addresses of some businesses, in one question. */
export function addressesOf(read: Read, tenant_ids: readonly string[]): Map<string, Addresses> {
  const url = publicUrl(read)
  const found = new Map<string, Addresses>(
    tenant_ids.map((id) => [id, { domains: [], api_domains: [] }]),
  )
  for (const row of domainsOfTenants(read, tenant_ids)) {
    const { domains, api_domains } = found.get(row.tenant_id)!
    const { id, kind, state } = row
    domains.push({ id, domain: hostOf(row, url), kind, state, is_primary: row.is_primary === 1 })
    if (state === 'verified') api_domains.push(urlOf(row, url))
  }
  return found
}

/** As the operator sees it. @throws Problem `not_found` */
export function getPlatformDomain(read: Read, { id }: { id: string }): PlatformDomain {
  const row = findDomain(read, id)
  if (!row) throw notFound('domain', id)
  const { tenant_id, tenant_name } = row
  return { ...toDomain(row, publicUrl(read)), tenant_id, tenant_name }
}

export function listPlatformDomains(read: Read, filter: PlatformDomainFilter) {
  const url = publicUrl(read)
  const { rows, ...rest } = listDomainRows(read, filter)
  return {
    data: rows.map((row) => {
      const { tenant_id, tenant_name } = row
      return { ...toDomain(row, url), tenant_id, tenant_name }
    }),
    ...rest,
  }
}

/** One of the business that asks. @throws Problem `not_found` */
export const getDomain = (read: Read, input: { id: string }, { data }: Beside): Domain =>
  data.platform.read(read.scope, (platform) =>
    findDomainOf(platform, read.scope.tenant_id, input.id),
  )

export const listDomains = (read: Read, filter: DomainFilter, { data }: Beside) =>
  data.platform.read(read.scope, (platform) => {
    const { tenant_id } = read.scope
    const { rows, ...rest } = listDomainRows(platform, { ...filter, tenant_id })
    const url = publicUrl(platform)
    return { data: rows.map((row) => toDomain(row, url)), ...rest }
  })

/** @throws Problem `not_found` also for a domain of another business */
export function findDomainOf(platform: Read, tenant_id: string, id: string): Domain {
  const row = findDomain(platform, id)
  if (!row || row.tenant_id !== tenant_id) throw notFound('domain', id)
  return toDomain(row, publicUrl(platform))
}

export function toDomain(row: DomainRow, url: URL): Domain {
  const domain = hostOf(row, url)
  return {
    id: row.id,
    domain,
    kind: row.kind,
    state: row.state,
    is_primary: row.is_primary === 1,
    url: row.state === 'verified' ? urlOf(row, url) : null,
    proof: row.proof ? { record: proofRecord(domain), value: row.proof } : null,
    failure_count: row.failure_count,
    last_error: row.last_error,
    checked_at: row.checked_at,
    verified_at: row.verified_at,
    quarantined_until: row.quarantined_until,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}
