/** The console's pages for the audit trail, of a business and of the platform. */
import { page, type Page, type RoomPages, type Visit } from '../operations/page.ts'
import { auditView, proofView } from '../../views/audit/audit.tsx'
import { auditList, auditProve, platformAuditList, platformAuditProve } from './api.ts'
import type { AuditProof } from './schema.ts'

/** As many stretches as a page may wait for; a longer trail is proven by the nightly job. */
const most_stretches = 50

interface Trail {
  path: string
  group: string
  platform: boolean
  list: typeof auditList
  prove: typeof auditProve
}

const trailPages = ({ path, group, platform, list, prove }: Trail): Page[] => [
  page({
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
        url: visit.url,
        may_prove: visit.visitor.principal.level !== 'organization',
        trail: visit.ask(list, visit.query(list)),
      }),
  }),
  page({
    route: `GET /${path}/proof`,
    title: 'Proof of the audit trail',
    show: (visit) => proofView({ proof: proveFromStart(visit, prove), back: `/${path}` }),
  }),
]

function proveFromStart(visit: Visit, prove: typeof auditProve): AuditProof {
  let proof = visit.ask(prove, {})
  for (let n = 1; n < most_stretches && !proof.complete && proof.holds; n++) {
    proof = visit.ask(prove, { after: proof.checked_to })
  }
  return { ...proof, checked: proof.checked_to }
}

export const pages: RoomPages = {
  pages: [
    ...trailPages({
      path: 'settings/audit',
      group: 'Settings',
      platform: false,
      list: auditList,
      prove: auditProve,
    }),
    ...trailPages({
      path: 'platform/audit',
      group: 'Platform',
      platform: true,
      list: platformAuditList,
      prove: platformAuditProve,
    }),
  ],
  forms: [],
}
