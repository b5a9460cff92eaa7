/** The pages of support access: the operator asks for it, the business sees when it happened. */
import {
  form,
  formState,
  given,
  page,
  submission,
  type RoomPages,
  type Visit,
} from '../../operations/page.ts'
import { isId } from '../../kit/id.ts'
import { supportAccessView, supportHistoryView } from '../../../views/access/support-access.tsx'
import { role_names } from '../permissions.ts'
import { tenantAddressesOpen, tenantSecurityGet } from '../security/api.ts'
import { business_tabs } from '../security/pages.ts'
import {
  impersonationsEnd,
  impersonationsList,
  impersonationsStart,
  platformImpersonationsList,
} from './api.ts'
import { support_permission } from './open.ts'

const path = '/platform/support'

/** The business the page was reached from, and whether it lets only some addresses in. */
function tenantIn(visit: Visit): { id: string; allowed_ips: readonly string[] } | undefined {
  const id = visit.params.id ?? visit.url.searchParams.get('tenant_id')
  if (!id || !isId('ten', id) || !visit.may('tenants.read')) return undefined
  return { id, allowed_ips: visit.ask(tenantSecurityGet, { id }).allowed_ips }
}

const desk = page({
  route: `GET ${path}`,
  title: 'Support access',
  nav: {
    group: 'People',
    label: 'Support access',
    icon: 'user',
    permission: support_permission,
    level: 'platform',
  },
  show: (visit) =>
    supportAccessView({
      url: visit.problem ? new URL(path, visit.url) : visit.url,
      roles: role_names,
      tenant: tenantIn(visit),
      state: formState(visit),
      impersonations: visit.ask(
        platformImpersonationsList,
        visit.query(platformImpersonationsList),
      ),
    }),
})

const start = form({
  route: `POST ${path}`,
  again: desk,
  submit: submission(
    impersonationsStart,
    (fields) => ({
      tenant_id: given(fields, 'tenant_id') ?? '',
      ...(given(fields, 'email')
        ? { email: given(fields, 'email') }
        : { role: fields.get('role') }),
      reason: given(fields, 'reason') ?? '',
      read_only: fields.get('may_change') !== 'true',
      minutes: given(fields, 'minutes'),
    }),
    ({ support_path, user_name }) => ({
      to: support_path,
      say: `Through the eyes of ${user_name}`,
    }),
  ),
})

const openAddresses = form({
  route: `POST ${path}/:id/open_addresses`,
  again: desk,
  submit: submission(
    tenantAddressesOpen,
    (_, { id }) => ({ id }),
    (_, { params }) => ({
      to: `${path}?tenant_id=${params.id}`,
      say: 'People and tokens of this business come from anywhere again.',
    }),
  ),
})

const history_path = '/settings/security/support'

const history = page({
  route: `GET ${history_path}`,
  title: 'Support access',
  show: (visit) =>
    supportHistoryView({
      url: visit.problem ? new URL(history_path, visit.url) : visit.url,
      tabs: business_tabs,
      may_end: visit.may('security.write'),
      state: formState(visit),
      visits: visit.ask(impersonationsList, visit.query(impersonationsList)),
    }),
})

const end = form({
  route: `POST ${history_path}/:id/end`,
  again: history,
  submit: submission(
    impersonationsEnd,
    (_, { id }) => ({ id }),
    ({ staff_name }) => ({ to: history_path, say: `${staff_name} was shown out.` }),
  ),
})

export const support_pages: RoomPages = {
  pages: [desk, history],
  forms: [start, openAddresses, end],
}
