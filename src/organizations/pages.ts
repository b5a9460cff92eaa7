/** The console's pages for organizations. */
import { form, formState, given, page, submission, type RoomPages } from '../operations/page.ts'
import { organizationsView, organizationView } from '../../views/organizations/organizations.tsx'
import {
  organizationsCreate,
  organizationsGet,
  organizationsList,
  organizationsUpdate,
} from './api.ts'

const path = '/settings/organizations'

const list = page({
  route: `GET ${path}`,
  title: 'Organizations',
  nav: {
    group: 'Settings',
    label: 'Organizations',
    icon: 'building',
    permission: 'organizations.read',
  },
  show: (visit) =>
    organizationsView({
      url: visit.problem ? new URL(path, visit.url) : visit.url,
      state: formState(visit),
      may_create: visit.may('organizations.write') && visit.visitor.principal.level === 'tenant',
      organizations: visit.ask(organizationsList, visit.query(organizationsList)),
    }),
})

const show = page({
  route: `GET ${path}/:id`,
  title: 'Organization',
  show: (visit) =>
    organizationView({
      organization: visit.ask(organizationsGet, { id: visit.params.id ?? '' }),
      state: formState(visit),
      may_write: visit.may('organizations.write'),
    }),
})

const found = form({
  route: `POST ${path}`,
  again: list,
  submit: submission(
    organizationsCreate,
    (fields) => ({ name: given(fields, 'name') ?? '', slug: given(fields, 'slug') }),
    ({ name }) => ({ to: path, say: `${name} is founded.` }),
  ),
})

const change = form({
  route: `POST ${path}/:id`,
  again: show,
  submit: submission(
    organizationsUpdate,
    (fields, { id }) => ({
      id,
      name: given(fields, 'name') ?? '',
      slug: given(fields, 'slug') ?? '',
    }),
    ({ id, name }) => ({ to: `${path}/${id}`, say: `${name} is changed.` }),
  ),
})

export const pages: RoomPages = { pages: [list, show], forms: [found, change] }
