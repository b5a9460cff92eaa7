/** The pages of sandboxes and branches: for those who lead the business, and for the operator. */
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
import { madeView, siblingsView, siblingView } from '../../views/branches/siblings.tsx'
import {
  branchesCreate,
  sandboxesCreate,
  siblingsEnter,
  siblingsGet,
  siblingsList,
  siblingsRemove,
  tenantBranchesCreate,
  tenantSandboxesCreate,
  tenantSiblingsList,
  tenantSiblingsRemove,
} from './api.ts'
import { entrances } from './entrances.ts'
import type { MadeSibling, Sibling } from './schema.ts'

const at = '/settings/siblings'

const list = page({
  route: `GET ${at}`,
  title: 'Sandboxes and branches',
  nav: {
    group: 'Business',
    label: 'Sandboxes and branches',
    icon: 'layers',
    permission: 'siblings.read',
    level: 'tenant',
  },
  show: (visit: Visit) => {
    const siblings = visit.ask(siblingsList, visit.query(siblingsList))
    const here = visit.ask(siblingsGet, { id: visit.scope.tenant_id })
    return siblingsView({
      ...{ at, url: visit.url, state: formState(visit), crumbs: [], siblings },
      may_enter: visit.may('siblings.enter'),
      may_make: visit.may('siblings.write') && here.kind === 'primary',
    })
  },
})

const show = page({
  route: `GET ${at}/:id`,
  title: 'Sandbox or branch',
  show: (visit: Visit) =>
    siblingView({
      ...{ at, crumbs: [], state: formState(visit) },
      sibling: visit.ask(siblingsGet, { id: visit.params.id ?? '' }),
      may_remove: visit.may('siblings.write'),
    }),
})

/** A day is meant with all of its hours. */
const wishOf = (fields: Fields) => {
  const day = given(fields, 'expires_at')
  return { name: given(fields, 'name'), expires_at: day && `${day}T23:59:59.000Z` }
}

const branchOf = (fields: Fields) => ({
  ...wishOf(fields),
  anonymise: fields.get('anonymise') === 'true',
})

const made = (sibling: MadeSibling) => ({
  title: `${sibling.name} is there`,
  show: madeView({ sibling, at, crumbs: [] }),
})

const forms = [
  form({
    route: `POST ${at}/sandboxes`,
    again: list,
    submit: submission(sandboxesCreate, wishOf, made),
  }),
  form({
    route: `POST ${at}/branches`,
    again: list,
    submit: submission(branchesCreate, branchOf, made),
  }),
  form({
    route: `POST ${at}/:id/enter`,
    again: list,
    submit: submission(
      siblingsEnter,
      (_, { id }) => ({ id }),
      ({ path }) => ({ to: path, say: '' }),
    ),
  }),
  form({
    route: `POST ${at}/:id/remove`,
    again: show,
    submit: submission(
      siblingsRemove,
      (_, { id }) => ({ id }),
      ({ name }: Sibling) => ({ to: at, say: `${name} is removed.` }),
    ),
  }),
]

const tenant_at = '/platform/tenants/:id/siblings'
const pathOf = (id: string | undefined) => `/platform/tenants/${id}/siblings`
const crumbsOf = (id: string | undefined) =>
  [
    ['Businesses', '/platform/tenants'],
    ['Business', `/platform/tenants/${id}`],
  ] as const

const listOfTenant = page({
  route: `GET ${tenant_at}`,
  title: 'Sandboxes and branches',
  show: (visit: Visit) => {
    const { id = '' } = visit.params
    const siblings = visit.ask(tenantSiblingsList, { ...visit.query(tenantSiblingsList), id })
    return siblingsView({
      ...{ at: pathOf(id), crumbs: crumbsOf(id), url: visit.url, state: formState(visit) },
      ...{ siblings, may_enter: false, may_make: visit.may('tenants.write') },
    })
  },
})

const showOfTenant = page({
  route: `GET ${tenant_at}/:sibling_id`,
  title: 'Sandbox or branch',
  show: (visit: Visit) => {
    const { id = '', sibling_id = '' } = visit.params
    const { data } = visit.ask(tenantSiblingsList, { id, limit: 100 })
    const sibling = data.find((each) => each.id === sibling_id)
    if (!sibling) return { to: pathOf(id), say: 'It is not there any more.' }
    return siblingView({
      ...{ at: pathOf(id), crumbs: crumbsOf(id), state: formState(visit), sibling },
      may_remove: visit.may('tenants.write'),
    })
  },
})

const madeForTenant = (sibling: MadeSibling, { params: { id } }: Visit) => ({
  title: `${sibling.name} is there`,
  show: madeView({ sibling, at: pathOf(id), crumbs: crumbsOf(id) }),
})

const tenant_forms = [
  form({
    route: `POST ${tenant_at}/sandboxes`,
    again: listOfTenant,
    submit: submission(
      tenantSandboxesCreate,
      (fields, { id }) => ({ id, ...wishOf(fields) }),
      madeForTenant,
    ),
  }),
  form({
    route: `POST ${tenant_at}/branches`,
    again: listOfTenant,
    submit: submission(
      tenantBranchesCreate,
      (fields, { id }) => ({ id, ...branchOf(fields) }),
      madeForTenant,
    ),
  }),
  form({
    route: `POST ${tenant_at}/:sibling_id/remove`,
    again: showOfTenant,
    submit: submission(
      tenantSiblingsRemove,
      (_, { id, sibling_id }) => ({ id, sibling_id }),
      ({ name }: Sibling, { params }) => ({ to: pathOf(params.id), say: `${name} is removed.` }),
    ),
  }),
]

export const pages: RoomPages = {
  pages: [list, show, listOfTenant, showOfTenant],
  forms: [...forms, ...tenant_forms],
  entrances,
}
