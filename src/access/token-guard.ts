/** Finds out who a token is. Answers are kept in memory until something about access changes. */
import { second_ms } from '../kit/clock.ts'
import { Problem, notFound } from '../kit/problem.ts'
import type { Terms } from '../kit/terms.ts'
import type { DataFolder } from '../db/data-folder.ts'
import type { DatabaseFile } from '../db/file.ts'
import { systemScope } from '../db/scope.ts'
import type { Principal } from '../operations/principal.ts'
import { access_changes } from '../operations/access-changed.ts'
import { isWithin, readRange, type IpRange } from '../kit/ip-ranges.ts'
import { permissionCheck } from './permissions.ts'
import { fenceOf } from './security/read.ts'
import { findSecuritySettings } from './security/store.ts'
import {
  defaultOrganization,
  findTokenByHash,
  archivedReason,
  organizationExists,
  touchToken,
  type TokenRow,
} from './store.ts'
import { hashToken, readTokenText } from './token-text.ts'

interface Known {
  principal: Principal
  expires_at_ms: number
  allowed_ips: IpRange[]
  /** Where anybody of this business may come from; empty for anywhere. */
  fence: IpRange[]
  /** `last_used_at` is written at most once a minute, so that reading stays reading. */
  touched_at_ms: number
  organizations: Map<string, Principal>
}

const touch_every_ms = 60 * second_ms
const most_known = 10_000
const scope = systemScope('access')

const unknown = () =>
  new Problem(
    'unauthenticated',
    'Send `Authorization: Bearer <token>` with a token that is valid here.',
    {},
    { 'www-authenticate': 'Bearer' },
  )

/** A business as the gate sees it; handed in by the room that knows tenants. */
export interface TenantAtGate {
  id: string
  name: string
  environment: 'sandbox' | 'live'
  /** Of a sandbox or a branch: what it is, and the name of the live business. */
  beside: { kind: 'sandbox' | 'branch'; name: string } | undefined
  /** Why it may not write now. */
  read_only: string | undefined
  terms: Terms | undefined
}
/** The platform itself has no terms and is never closed. */
const unconfined = { read_only: undefined, terms: undefined }

export type TenantState = (tenant_id: string) => TenantAtGate | undefined

export class TokenGuard {
  readonly #known = new Map<string, Known>()
  #changes_seen = access_changes

  constructor(
    private readonly data: DataFolder,
    private readonly tenantState: TenantState,
  ) {}

  /** @throws Problem `unauthenticated`; a foreign token looks exactly like an unknown one */
  admit(authorization: string, organization: string | null, ip: string): Principal {
    if (!authorization.startsWith('Bearer ')) throw unknown()
    if (this.#changes_seen !== access_changes) this.#forget()
    const text = authorization.slice(7)
    const known = this.#known.get(text) ?? this.#look(text)
    const now_ms = this.data.clock.now()
    if (now_ms >= known.expires_at_ms) {
      this.#known.delete(text)
      throw unknown()
    }
    if (known.allowed_ips.length > 0 && !isWithin(ip, known.allowed_ips)) throw unknown()
    if (known.fence.length > 0 && !isWithin(ip, known.fence)) throw unknown()
    if (now_ms - known.touched_at_ms >= touch_every_ms) this.#touch(known, now_ms, ip)
    return organization ? this.#inOrganization(known, organization) : known.principal
  }

  /** After any change of tokens, roles or a tenant's state, everybody is looked up anew. */
  #forget(): void {
    this.#known.clear()
    this.#changes_seen = access_changes
  }

  #look(text: string): Known {
    const claimed = readTokenText(text)
    if (!claimed) throw unknown()
    const { level, tenant_id } = claimed
    const state = level === 'platform' ? unconfined : this.tenantState(tenant_id)
    if (!state) throw unknown()
    const found = this.#file(tenant_id).read(scope, (read) => {
      const row = findTokenByHash(read, hashToken(text))
      if (!row || row.level !== level || row.revoked_at) throw unknown()
      const organization_id = row.organization_id || (tenant_id ? defaultOrganization(read) : '')
      const archived = tenant_id ? archivedReason(read, organization_id) : undefined
      return { row, organization_id, archived, fence: fenceOf(findSecuritySettings(read)) }
    })
    const known: Known = {
      principal: principalOf(found.row, tenant_id, found.organization_id, {
        ...state,
        read_only: state.read_only ?? found.archived,
      }),
      expires_at_ms: found.row.expires_at ? Date.parse(found.row.expires_at) : Infinity,
      allowed_ips: (JSON.parse(found.row.allowed_ips) as string[]).map((text) => readRange(text)!),
      fence: found.fence,
      touched_at_ms: 0,
      organizations: new Map(),
    }
    if (this.#known.size >= most_known) this.#known.clear()
    this.#known.set(text, known)
    return known
  }

  #inOrganization(known: Known, organization_id: string): Principal {
    const { principal } = known
    if (organization_id === principal.organization_id) return principal
    let inside = known.organizations.get(organization_id)
    if (!inside) {
      const found = this.#file(principal.tenant_id).read(scope, (read) => ({
        exists: principal.level === 'tenant' && organizationExists(read, organization_id),
        archived: principal.level === 'tenant' ? archivedReason(read, organization_id) : undefined,
      }))
      if (!found.exists) throw notFound('organization', organization_id)
      const read_only = principal.read_only ?? found.archived
      inside = { ...principal, organization_id, read_only }
      known.organizations.set(organization_id, inside)
    }
    return inside
  }

  #touch(known: Known, now_ms: number, ip: string): void {
    known.touched_at_ms = now_ms
    const { id, tenant_id, read_only } = known.principal
    if (read_only) return
    const written = this.#file(tenant_id).write(scope, (tx) => touchToken(tx, id, ip))
    // A file that cannot take this now is no reason to turn the caller away: the next one tries again.
    written.catch(() => (known.touched_at_ms = 0))
  }

  #file(tenant_id: string): DatabaseFile {
    return tenant_id ? this.data.tenants.open(tenant_id) : this.data.platform
  }
}

const principalOf = (
  row: TokenRow,
  tenant_id: string,
  organization_id: string,
  { read_only, terms }: Pick<TenantAtGate, 'read_only' | 'terms'>,
): Principal => ({
  id: row.id,
  level: row.level,
  tenant_id,
  organization_id,
  actor: { kind: 'token', id: row.id, name: row.name },
  read_only,
  terms,
  may: permissionCheck(JSON.parse(row.scopes) as string[]),
})
