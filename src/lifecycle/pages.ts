/** The operator's pages about the life of a business, and the business's own. */
import {
  form,
  formState,
  given,
  page,
  submission,
  type Fields,
  type RoomPages,
  type Visit,
} from '../operations/page.ts'
import { businessView } from '../../views/lifecycle/business.tsx'
import { certificateView, erasuresView } from '../../views/lifecycle/erasures.tsx'
import { lifeView } from '../../views/lifecycle/life.tsx'
import { requiredView } from '../../views/lifecycle/required.tsx'
import { requirementsView } from '../../views/lifecycle/requirements.tsx'
import { tenantsGet } from '../tenants/api.ts'
import type { Tenant } from '../tenants/schema.ts'
import {
  businessClose,
  businessGet,
  businessReopen,
  tenantsClose,
  tenantsReopen,
  tenantsResume,
  tenantsSuspend,
} from './api.ts'
import { erasuresList, tenantsErase } from './erasure/api.ts'
import { readCertificate } from './erasure/certify.ts'
import {
  capabilitiesFulfil,
  capabilitiesGet,
  requirementsAdd,
  requirementsCatalogue,
  requirementsList,
  requirementsMeet,
  requirementsReopen,
  requirementsWaive,
} from './requirements/api.ts'

const one = '/platform/tenants/:id'
const idOf = ({ params }: Visit): string => params.id ?? ''

const tenantOf = (visit: Visit) => visit.ask(tenantsGet, { id: idOf(visit) })
const requirementsOf = (visit: Visit) =>
  visit.ask(requirementsList, { tenant_id: idOf(visit), limit: 100 }).data
const erasureOf = (visit: Visit) =>
  visit.ask(erasuresList, { tenant_id: idOf(visit), limit: 1 }).data[0]

const life = page({
  route: `GET ${one}/life`,
  title: 'Life of a business',
  show: (visit) =>
    lifeView({
      tenant: tenantOf(visit),
      requirements: requirementsOf(visit),
      erasure: erasureOf(visit),
      state: formState(visit),
      may_write: visit.may('tenants.write'),
      may_erase: visit.may('tenants.erase'),
    }),
})

const required_path = '/platform/requirements'

const required = page({
  route: `GET ${required_path}`,
  title: 'Required',
  nav: {
    group: 'Businesses',
    label: 'Required',
    icon: 'check',
    permission: 'tenants.read',
    level: 'platform',
  },
  show: (visit) =>
    requiredView({
      url: visit.url,
      catalogue: visit.ask(requirementsCatalogue, {}).data,
      requirements: visit.ask(requirementsList, visit.query(requirementsList)),
    }),
})

const requirements = page({
  route: `GET ${one}/requirements`,
  title: 'Required',
  show: (visit) =>
    requirementsView({
      tenant: tenantOf(visit),
      requirements: requirementsOf(visit),
      catalogue: visit.ask(requirementsCatalogue, {}).data,
      state: formState(visit),
      may_write: visit.may('tenants.write'),
    }),
})

const certificate = page({
  route: `GET ${one}/certificate`,
  title: 'Certificate of erasure',
  show: (visit) => {
    tenantOf(visit)
    const erasure = erasureOf(visit)
    if (!erasure?.certificate) return { to: `/platform/tenants/${idOf(visit)}/life` }
    return certificateView({ erasure, certificate: readCertificate(erasure.certificate) })
  },
})

const erasures = page({
  route: 'GET /platform/erasures',
  title: 'Erasures',
  nav: {
    group: 'Businesses',
    label: 'Erasures',
    icon: 'proof',
    permission: 'tenants.read',
    level: 'platform',
  },
  show: (visit) =>
    erasuresView({
      url: visit.url,
      erasures: visit.ask(erasuresList, visit.query(erasuresList)),
    }),
})

const done = (words: string) => (tenant: Tenant) => ({
  to: `/platform/tenants/${tenant.id}/life`,
  say: `${tenant.name} ${words}.`,
})

const platform_forms = [
  form({
    route: `POST ${one}/suspend`,
    again: life,
    submit: submission(
      tenantsSuspend,
      (fields, { id }) => ({ id, reason: given(fields, 'reason') }),
      done('is suspended'),
    ),
  }),
  form({
    route: `POST ${one}/resume`,
    again: life,
    submit: submission(tenantsResume, (_, { id }) => ({ id }), done('goes on')),
  }),
  form({
    route: `POST ${one}/close`,
    again: life,
    submit: submission(
      tenantsClose,
      (fields, { id }) => ({ id, ...closingOf(fields) }),
      done('is closing'),
    ),
  }),
  form({
    route: `POST ${one}/reopen`,
    again: life,
    submit: submission(tenantsReopen, (_, { id }) => ({ id }), done('goes on')),
  }),
  form({
    route: `POST ${one}/erase`,
    again: life,
    submit: submission(
      tenantsErase,
      (fields, { id }) => ({
        id,
        confirm_slug: given(fields, 'confirm_slug') ?? '',
        reason: given(fields, 'reason') ?? '',
      }),
      ({ tenant_id }) => ({
        to: `/platform/tenants/${tenant_id}/certificate`,
        say: 'It is erased. This is the certificate.',
      }),
    ),
  }),
]

const closingOf = (fields: Fields) => ({
  reason: given(fields, 'reason'),
  grace_days: given(fields, 'grace_days'),
})

/** `Proof of address` → `own_proof_of_address`: what is not in the catalogue is called by its words. */
const codeOf = (known: string | undefined, title = ''): string =>
  known && known !== 'other'
    ? known
    : `own_${title.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`.slice(0, 60).replace(/_+$/, '')

/** A day begins at midnight, UTC. */
const startOf = (day: string | undefined): string | undefined => day && `${day}T00:00:00.000Z`

const requirement_forms = [
  form({
    route: `POST ${one}/requirements`,
    again: requirements,
    submit: submission(
      requirementsAdd,
      (fields, { id }) => ({
        id,
        code: codeOf(given(fields, 'known'), given(fields, 'title')),
        title: given(fields, 'title'),
        detail: given(fields, 'detail'),
        capabilities: fields.getAll('capabilities'),
        due_at: startOf(given(fields, 'due_at')),
      }),
      ({ tenant_id, title }) => ({
        to: `/platform/tenants/${tenant_id}/requirements`,
        say: `Required: ${title}.`,
      }),
    ),
  }),
  ...(
    [
      ['meet', requirementsMeet, 'is met'],
      ['waive', requirementsWaive, 'is waived'],
      ['reopen', requirementsReopen, 'is required again'],
    ] as const
  ).map(([step, operation, words]) =>
    form({
      route: `POST ${one}/requirements/:requirement_id/${step}`,
      again: requirements,
      submit: submission(
        operation,
        (_, { requirement_id }) => ({ id: requirement_id }),
        ({ tenant_id, title }) => ({
          to: `/platform/tenants/${tenant_id}/requirements`,
          say: `${title} ${words}.`,
        }),
      ),
    }),
  ),
]

const business = page({
  route: 'GET /settings/business',
  title: 'Business',
  nav: {
    group: 'Business',
    label: 'Business',
    icon: 'building',
    permission: 'business.read',
    level: 'tenant',
  },
  show: (visit) =>
    businessView({
      business: visit.ask(businessGet, {}),
      capabilities: visit.ask(capabilitiesGet, {}),
      state: formState(visit),
      may_write: visit.may('business.write'),
      may_close: visit.may('business.close') && visit.visitor.role === 'owner',
    }),
})

const business_forms = [
  form({
    route: 'POST /settings/business/close',
    again: business,
    submit: submission(
      businessClose,
      (fields) => ({
        confirm_name: given(fields, 'confirm_name') ?? '',
        ...closingOf(fields),
      }),
      ({ name }) => ({ to: '/settings/business', say: `${name} is closing.` }),
    ),
  }),
  form({
    route: 'POST /settings/business/reopen',
    again: business,
    submit: submission(
      businessReopen,
      () => ({}),
      ({ name }) => ({ to: '/settings/business', say: `${name} goes on.` }),
    ),
  }),
  form({
    route: 'POST /settings/business/requirements/:id',
    again: business,
    submit: submission(
      capabilitiesFulfil,
      (_, { id }) => ({ id }),
      ({ title }) => ({ to: '/settings/business', say: `Done: ${title}.` }),
    ),
  }),
]

export const pages: RoomPages = {
  pages: [life, required, requirements, certificate, erasures, business],
  forms: [...platform_forms, ...requirement_forms, ...business_forms],
}
