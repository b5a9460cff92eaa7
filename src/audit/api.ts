/** What can be asked of the audit trail. */
import { Type } from '@sinclair/typebox'
import type { ProblemCode } from '../kit/problems.ts'
import { calling, making, reading } from '../operations/operation.ts'
import { FileReply, Id, IdParam, PageOf } from '../operations/shapes.ts'
import { erase } from './erase.ts'
import { exportPlatformTrail } from './export.ts'
import { searchTenantAudit } from './of-tenant.ts'
import { proveAudit } from './prove.ts'
import { getAuditExport, getAuditExportFile, listAuditExports } from './read-exports.ts'
import { listAudit } from './read.ts'
import {
  AuditEntry,
  AuditExport,
  AuditExportFilter,
  AuditFilter,
  AuditProof,
  DaysAsked,
  ErasedPerson,
  ProofRequest,
} from './schema.ts'

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

export const platformAuditExport = making(
  {
    id: 'platform_audit.export',
    route: 'GET /v1/platform/audit/export',
    level: 'platform',
    permission: 'audit.export',
    summary: 'Export the audit trail of the platform as lines of JSON that prove themselves',
    description: '`stowage verify-audit` proves the file on any machine. Without days, all of it.',
    query: DaysAsked,
    example: { query: { from: '2026-11-01' } },
  },
  exportPlatformTrail,
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

const erase_problems: ProblemCode[] = [
  'erases_oneself',
  'exceeds_own_rights',
  'last_owner',
  'invalid',
]

export const membersErase = calling(
  {
    id: 'members.erase',
    route: 'POST /v1/members/:id/erase',
    level: 'tenant',
    permission: 'members.erase',
    summary: 'Forget a person: a pseudonym takes the place of name and address',
    description:
      'Account, mails, invitations and the details of the audit trail go; the chain of the trail, ' +
      'orders and postings stay. It cannot be taken back.',
    params: IdParam('usr'),
    reply: ErasedPerson,
    step_up: true,
    problems: erase_problems,
  },
  erase,
)

export const staffErase = calling(
  {
    id: 'staff.erase',
    route: 'POST /v1/platform/staff/:id/erase',
    level: 'platform',
    permission: 'staff.erase',
    summary: 'Forget a person of the staff: a pseudonym takes the place of name and address',
    params: IdParam('usr'),
    reply: ErasedPerson,
    step_up: true,
    problems: erase_problems,
  },
  erase,
)

const one_export = {
  level: 'organization',
  permission: 'audit.export',
  params: Type.Object({ export_id: Id('job') }),
} as const

export const auditExportsList = reading(
  {
    id: 'audit_exports.list',
    route: 'GET /v1/audit/exports',
    level: 'organization',
    permission: 'audit.export',
    summary: 'List exports of the audit trail',
    description:
      'Ask for one with `POST /v1/jobs/business_audit_export`, or of one organization with ' +
      '`POST /v1/jobs/audit_export`.',
    query: AuditExportFilter,
    reply: PageOf(AuditExport),
  },
  listAuditExports,
)

export const auditExportsGet = reading(
  {
    ...one_export,
    id: 'audit_exports.get',
    route: 'GET /v1/audit/exports/:export_id',
    summary: 'Get an export: how far it is, and what it holds',
    reply: AuditExport,
  },
  getAuditExport,
)

export const auditExportsDownload = reading(
  {
    ...one_export,
    id: 'audit_exports.download',
    route: 'GET /v1/audit/exports/:export_id/file',
    summary: 'Download an export; `stowage verify-audit` proves it',
    reply: FileReply,
  },
  getAuditExportFile,
)

export const api = [
  auditList,
  auditProve,
  auditExportsList,
  auditExportsGet,
  auditExportsDownload,
  platformAuditList,
  platformAuditProve,
  platformAuditExport,
  tenantAuditSearch,
  membersErase,
  staffErase,
]
