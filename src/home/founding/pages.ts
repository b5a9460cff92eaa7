/** The operator's page for founding a business. */
import {
  form,
  formState,
  given,
  page,
  submission,
  type RoomPages,
  type Visit,
} from '../../operations/page.ts'
import { foundedView, newTenantView } from '../../../views/tenants/new.tsx'
import { plansList } from '../../plans/api.ts'
import { tenantsCreate } from './api.ts'

/** Those that a business can be put on. */
const plansOnOffer = (visit: Visit) =>
  visit.may('plans.read')
    ? visit.ask(plansList, { state: 'active', limit: 100, sort: 'code' }).data
    : []

const create = page({
  route: 'GET /platform/tenants/new',
  title: 'Found a business',
  show: (visit) =>
    newTenantView({
      state: formState(visit),
      host: new URL(visit.services.public_url).host,
      plans: plansOnOffer(visit),
    }),
})

const found = form({
  route: 'POST /platform/tenants',
  again: create,
  submit: submission(
    tenantsCreate,
    (fields) => ({
      name: given(fields, 'name') ?? '',
      domain: given(fields, 'domain'),
      admin_email: given(fields, 'admin_email') ?? '',
      admin_name: given(fields, 'admin_name'),
      environment: given(fields, 'environment'),
      plan: given(fields, 'plan'),
      time_zone: given(fields, 'time_zone'),
      sample_data: given(fields, 'sample_data'),
    }),
    (created, { services }) => ({
      title: `${created.tenant.name} is founded`,
      show: foundedView({ created, url: `${services.public_url}${created.setup_path}` }),
    }),
  ),
})

export const pages: RoomPages = { pages: [create], forms: [found] }
