/** The operator's pages: the businesses on this installation. */
import { form, formState, given, page, submission, type RoomPages } from '../operations/page.ts'
import { tenantListView } from '../../views/tenants/list.tsx'
import { foundedView, newTenantView } from '../../views/tenants/new.tsx'
import { tenantView } from '../../views/tenants/show.tsx'
import {
  tenantsCreate,
  tenantsGet,
  tenantsList,
  tenantsResume,
  tenantsSuspend,
  tenantsUpdate,
} from './api.ts'
import type { Tenant } from './schema.ts'

const list = page({
  route: 'GET /platform/tenants',
  title: 'Businesses',
  nav: {
    group: 'Platform',
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

const create = page({
  route: 'GET /platform/tenants/new',
  title: 'Found a business',
  show: (visit) =>
    newTenantView({ state: formState(visit), host: new URL(visit.services.public_url).host }),
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

const found = form({
  route: 'POST /platform/tenants',
  again: create,
  submit: submission(
    tenantsCreate,
    (fields) => ({
      name: given(fields, 'name') ?? '',
      slug: given(fields, 'slug'),
      admin_email: given(fields, 'admin_email') ?? '',
      admin_name: given(fields, 'admin_name'),
      environment: given(fields, 'environment'),
    }),
    (tenant, { services }) => ({
      title: `${tenant.name} is founded`,
      show: foundedView({ tenant, url: `${services.public_url}${tenant.setup_path}` }),
    }),
  ),
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
    }),
    doneWith('is changed'),
  ),
})

const suspend = form({
  route: 'POST /platform/tenants/:id/suspend',
  again: show,
  submit: submission(
    tenantsSuspend,
    (fields, { id }) => ({ id, reason: given(fields, 'reason') }),
    doneWith('is suspended'),
  ),
})

const resume = form({
  route: 'POST /platform/tenants/:id/resume',
  again: show,
  submit: submission(tenantsResume, (_, { id }) => ({ id }), doneWith('goes on')),
})

export const pages: RoomPages = {
  pages: [list, create, show],
  forms: [found, change, suspend, resume],
}
