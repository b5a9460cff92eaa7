/** What can be asked of the audit trail. */
import { calling, reading } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { erase } from './erase.ts'
import { searchTenantAudit } from './of-tenant.ts'
import { proveAudit } from './prove.ts'
import { listAudit } from './read.ts'
import { AuditEntry, AuditFilter, AuditProof, ErasedPerson, ProofRequest } from './schema.ts'

export const auditList = reading(
  {
    id: 'audit.list',
    route: 'GET /v1/audit',
    level: 'organization',
    permission: 'audit.read',
    summary: 'List who changed what, newest first',
    query: AuditFilter,
    reply: PageOf(AuditEntry),
  },
  listAudit,
)

export const auditProve = reading(
  {
    id: 'audit.prove',
    route: 'GET /v1/audit/proof',
    level: 'tenant',
    permission: 'audit.read',
    summary: 'Prove that the audit trail is as it was written',
    query: ProofRequest,
    reply: AuditProof,
  },
  proveAudit,
)

export const platformAuditList = reading(
  {
    id: 'platform_audit.list',
    route: 'GET /v1/platform/audit',
    level: 'platform',
    permission: 'audit.read',
    summary: 'List what the operator and the staff changed, newest first',
    query: AuditFilter,
    reply: PageOf(AuditEntry),
  },
  listAudit,
)

export const platformAuditProve = reading(
  {
    id: 'platform_audit.prove',
    route: 'GET /v1/platform/audit/proof',
    level: 'platform',
    permission: 'audit.read',
    summary: 'Prove that the audit trail of the platform is as it was written',
    query: ProofRequest,
    reply: AuditProof,
  },
  proveAudit,
)

export const tenantAuditSearch = calling(
  {
    id: 'tenant_audit.search',
    route: 'POST /v1/platform/tenants/:id/audit',
    level: 'platform',
    permission: 'tenants.audit',
    summary: 'Look through the audit trail of a business; that you did is noted there, too',
    params: IdParam('ten'),
    body: AuditFilter,
    reply: PageOf(AuditEntry),
    example: { body: { action: 'items.' } },
  },
  searchTenantAudit,
)

const erasing = {
  permission: 'members.erase',
  params: IdParam('usr'),
  reply: ErasedPerson,
  step_up: true,
  problems: ['erases_oneself', 'exceeds_own_rights', 'last_owner', 'invalid'],
} as const

export const membersErase = calling(
  {
    ...erasing,
    id: 'members.erase',
    route: 'POST /v1/members/:id/erase',
    level: 'tenant',
    summary: 'Forget a person: a pseudonym takes the place of name and address everywhere',
    problems: [...erasing.problems],
  },
  erase,
)

export const staffErase = calling(
  {
    ...erasing,
    id: 'staff.erase',
    route: 'POST /v1/platform/staff/:id/erase',
    level: 'platform',
    permission: 'staff.erase',
    summary: 'Forget a person of the staff: a pseudonym takes the place of name and address',
    problems: [...erasing.problems],
  },
  erase,
)

export const api = [auditList, auditProve, platformAuditList, platformAuditProve, tenantAuditSearch]
