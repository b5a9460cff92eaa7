/** The console's pages for the audit trail, of a business and of the platform. */
import { notFound } from '../kit/problem.ts'
import { jobOperation } from '../jobs/api.ts'
import type { Job } from '../jobs/schema.ts'
import type { TypedOperation } from '../operations/operation.ts'
import { form, formState, given, page, submission } from '../operations/page.ts'
import type { Fields, Page, RoomPages, Visit } from '../operations/page.ts'
import { auditView, proofView } from '../../views/audit/audit.tsx'
import { entryView } from '../../views/audit/entry.tsx'
import { tenantTrailView } from '../../views/audit/of-tenant.tsx'
import {
  auditExportsList,
  auditList,
  auditProve,
  platformAuditList,
  platformAuditProve,
  tenantAuditSearch,
} from './api.ts'
import { erase_pages } from './erase-pages.ts'
import { auditExport, businessAuditExport } from './export.ts'
import type { AuditFilter, AuditProof } from './schema.ts'

/** As many stretches as a page may wait for; a longer trail is proven by the nightly job. */
const most_stretches = 50

interface Place {
  path: string
  group: string
  platform: boolean
  list: typeof auditList
  prove: typeof auditProve
}

/** A day on a page means all of it; what is no day is passed on, and refused as anything else is. */
const days = (
  from: string | undefined,
  to: string | undefined,
): { from?: string; to?: string } => ({
  ...(from && { from: from.length === 10 ? `${from}T00:00:00.000Z` : from }),
  ...(to && { to: to.length === 10 ? `${to}T23:59:59.999Z` : to }),
})

function asked(visit: Visit, list: typeof auditList): AuditFilter {
  if (visit.problem) return {}
  const { from, to, ...filter } = visit.query(list)
  return { ...filter, ...days(from, to) }
}

const reachesAll = (visit: Visit) => visit.visitor.principal.level !== 'organization'

function exportAt(visit: Visit): string | undefined {
  if (!visit.visitor.tenant || !visit.may('audit.export')) return undefined
  return reachesAll(visit) ? '/settings/audit/export' : '/settings/audit/export-own'
}

function trailPages({ path, group, platform, list, prove }: Place): Page[] {
  const trail = page({
    route: `GET /${path}`,
    title: 'Audit trail',
    nav: {
      group,
      label: 'Audit trail',
      icon: 'book',
      permission: 'audit.read',
      ...(platform && { level: 'platform' as const }),
    },
    show: (visit) =>
      auditView({
        path: `/${path}`,
        url: visit.problem ? new URL(`/${path}`, visit.url) : visit.url,
        state: formState(visit),
        may_prove: reachesAll(visit),
        export_to: exportAt(visit),
        download:
          platform && visit.may('audit.export') ? '/files/platform/audit/export' : undefined,
        exports: exportAt(visit) ? visit.ask(auditExportsList, { limit: 10 }).data : [],
        trail: visit.ask(list, asked(visit, list)),
      }),
  })
  const entry = page({
    route: `GET /${path}/entries/:seq`,
    title: 'Audit entry',
    show: (visit) => {
      const seq = visit.params.seq ?? ''
      const [entry] = /^\d{1,15}$/.test(seq) ? visit.ask(list, { seq: Number(seq) }).data : []
      if (!entry) throw notFound('audit entry', seq)
      return entryView({ path: `/${path}`, entry })
    },
  })
  const proof = page({
    route: `GET /${path}/proof`,
    title: 'Proof of the audit trail',
    show: (visit) => proofView({ proof: proveFromStart(visit, prove), back: `/${path}` }),
  })
  return [trail, entry, proof]
}

function proveFromStart(visit: Visit, prove: typeof auditProve): AuditProof {
  let proof = visit.ask(prove, {})
  let { forgotten } = proof
  for (let n = 1; n < most_stretches && !proof.complete && proof.holds; n++) {
    proof = visit.ask(prove, { after: proof.checked_to })
    forgotten += proof.forgotten
  }
  return { ...proof, forgotten, checked: proof.checked_to }
}

const of_business = trailPages({
  path: 'settings/audit',
  group: 'People',
  platform: false,
  list: auditList,
  prove: auditProve,
})

const of_platform = trailPages({
  path: 'platform/audit',
  group: 'People',
  platform: true,
  list: platformAuditList,
  prove: platformAuditProve,
})

type ExportOperation = TypedOperation<'write', { from?: string; to?: string }, Job>

const exporting = (route: `POST /${string}`, kind: typeof auditExport) =>
  form({
    route,
    again: of_business[0]!,
    submit: submission(
      jobOperation(kind) as ExportOperation,
      (fields) => days(given(fields, 'from'), given(fields, 'to')),
      () => ({ to: '/settings/audit', say: 'The export is being made, and is listed below.' }),
    ),
  })

const of_tenant = page({
  route: 'GET /platform/tenants/:id/audit',
  title: 'Audit trail of a business',
  show: (visit) =>
    tenantTrailView({
      tenant_id: visit.params.id ?? '',
      state: formState(visit),
      trail: undefined,
    }),
})

const typed = (fields: Fields) =>
  Object.fromEntries(
    ['action', 'subject_id', 'actor_id', 'actor_kind', 'request_id', 'cursor'].flatMap((name) => {
      const value = given(fields, name)
      return value ? [[name, value]] : []
    }),
  )

const look = form({
  route: 'POST /platform/tenants/:id/audit',
  again: of_tenant,
  submit: submission(
    tenantAuditSearch,
    (fields, { id }) => ({ ...typed(fields), id }),
    (trail, visit) => ({
      title: 'Audit trail of a business',
      show: tenantTrailView({
        tenant_id: visit.params.id ?? '',
        state: formState(visit),
        trail,
      }),
    }),
  ),
})

export const pages: RoomPages = {
  pages: [...of_business, ...of_platform, of_tenant, ...erase_pages.pages],
  forms: [
    exporting('POST /settings/audit/export', businessAuditExport),
    exporting('POST /settings/audit/export-own', auditExport),
    look,
    ...erase_pages.forms,
  ],
}
