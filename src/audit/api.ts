/** What can be asked of the audit trail. */
import { reading } from '../operations/operation.ts'
import { PageOf } from '../operations/shapes.ts'
import { proveAudit } from './prove.ts'
import { listAudit } from './read.ts'
import { AuditEntry, AuditFilter, AuditProof, ProofRequest } from './schema.ts'

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

export const api = [auditList, auditProve, platformAuditList, platformAuditProve]
