/** The pages of security: what everybody has to keep to, who does, and for businesses support access. */
import type { TypedOperation } from '../../operations/operation.ts'
import { form, formState, given, page, submission } from '../../operations/page.ts'
import type { Fields, RoomPages, Visit } from '../../operations/page.ts'
import { securityView, type SecurityTab } from '../../../views/access/security.tsx'
import { twoFactorReportView } from '../../../views/access/two-factor-report.tsx'
import {
  platformSecurityGet,
  platformSecurityReport,
  platformSecurityUpdate,
  securityGet,
  securityReport,
  securityUpdate,
} from './api.ts'

interface SecurityDesk {
  path: '/settings/security' | '/platform/security'
  group: string
  level: 'tenant' | 'platform'
  tabs: readonly SecurityTab[]
  get: typeof securityGet | typeof platformSecurityGet
  update: typeof securityUpdate | typeof platformSecurityUpdate
  report: typeof securityReport
}

export const business_tabs: readonly SecurityTab[] = [
  ['Rules', '/settings/security'],
  ['Second factors', '/settings/security/two-factor'],
  ['Support access', '/settings/security/support'],
]
const platform_tabs: readonly SecurityTab[] = [
  ['Rules', '/platform/security'],
  ['Second factors', '/platform/security/two-factor'],
]

/** Addresses are written one to a line; a day counts until its end, in UTC. */
function readChange(fields: Fields, has_support: boolean): unknown {
  const day = given(fields, 'two_factor_deadline')
  return {
    require_two_factor: fields.get('require_two_factor') === 'true',
    ...(day && { two_factor_deadline: `${day}T23:59:59Z` }),
    allowed_ips: (fields.get('allowed_ips') ?? '').split(/[\s,]+/).filter(Boolean),
    session_hours: given(fields, 'session_hours'),
    ...(has_support && { allow_support_access: fields.get('allow_support_access') === 'true' }),
  }
}

function securityDesk(desk: SecurityDesk): RoomPages {
  const { path, level, tabs } = desk
  const at_business = level === 'tenant'
  const show = page({
    route: `GET ${path}`,
    title: 'Security',
    nav: {
      group: desk.group,
      label: 'Security',
      icon: 'proof',
      permission: 'security.read',
      level,
    },
    show: (visit: Visit) =>
      securityView({
        path,
        tabs,
        security: visit.ask(desk.get as typeof securityGet, {}),
        at_business,
        own_address: visit.scope.ip,
        may_write: visit.may('security.write'),
        state: formState(visit),
      }),
  })
  const report = page({
    route: `GET ${path}/two-factor`,
    title: 'Second factors',
    show: (visit) =>
      twoFactorReportView({
        url: visit.url,
        tabs,
        file: `/files${at_business ? '' : '/platform'}/security/two_factor.csv`,
        people_path: at_business ? '/settings/members' : '/platform/staff',
        report: visit.ask(desk.report, visit.query(desk.report)),
      }),
  })
  return {
    pages: [show, report],
    forms: [
      form({
        route: `POST ${path}`,
        again: show,
        submit: submission(
          desk.update as TypedOperation<'write', never, unknown>,
          (fields) => readChange(fields, at_business),
          () => ({ to: path, say: 'The rules are changed.' }),
        ),
      }),
    ],
  }
}

export const security_pages: RoomPages[] = [
  securityDesk({
    path: '/settings/security',
    group: 'People',
    level: 'tenant',
    tabs: business_tabs,
    get: securityGet,
    update: securityUpdate,
    report: securityReport,
  }),
  securityDesk({
    path: '/platform/security',
    group: 'People',
    level: 'platform',
    tabs: platform_tabs,
    get: platformSecurityGet,
    update: platformSecurityUpdate,
    report: platformSecurityReport,
  }),
]
