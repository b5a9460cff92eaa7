/** The operator's pages: the businesses on this installation. */
import { form, formState, given, page, submission, type RoomPages } from '../operations/page.ts'
import { tenantListView } from '../../views/tenants/list.tsx'
import { tenantView } from '../../views/tenants/show.tsx'
import { tenantsGet, tenantsList, tenantsUpdate } from './api.ts'
import type { Tenant } from './schema.ts'

const list = page({
  route: 'GET /platform/tenants',
  title: 'Businesses',
  nav: {
    group: 'Businesses',
    label: 'Businesses',
    icon: 'building',
    permission: 'tenants.read',
    level: 'platform',
  },
  show: (visit) =>
    tenantListView({
      url: visit.url,
      may_write: visit.may('tenants.write'),
      tenants: visit.ask(tenantsList, visit.query(tenantsList)),
    }),
})

const show = page({
  route: 'GET /platform/tenants/:id',
  title: 'Business',
  show: (visit) =>
    tenantView({
      tenant: visit.ask(tenantsGet, { id: visit.params.id ?? '' }),
      state: formState(visit),
      may_write: visit.may('tenants.write'),
    }),
})

const doneWith = (words: string) => (tenant: Tenant) => ({
  to: `/platform/tenants/${tenant.id}`,
  say: `${tenant.name} ${words}.`,
})

const change = form({
  route: 'POST /platform/tenants/:id',
  again: show,
  submit: submission(
    tenantsUpdate,
    (fields, { id }) => ({
      id,
      name: given(fields, 'name') ?? '',
      admin_email: given(fields, 'admin_email') ?? '',
      time_zone: given(fields, 'time_zone'),
    }),
    doneWith('is changed'),
  ),
})

export const pages: RoomPages = {
  pages: [list, show],
  forms: [change],
}
