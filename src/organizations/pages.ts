/** The console's pages for organizations. */
import { form, formState, given, page, submission, type RoomPages } from '../operations/page.ts'
import { organizationsView, organizationView } from '../../views/organizations/organizations.tsx'
import {
  organizationsArchive,
  organizationsCreate,
  organizationsGet,
  organizationsList,
  organizationsMakeDefault,
  organizationsRestore,
  organizationsSendInvites,
  organizationsUpdate,
} from './api.ts'

const path = '/settings/organizations'

const list = page({
  route: `GET ${path}`,
  title: 'Organizations',
  nav: {
    group: 'Business',
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
      may_lead: visit.may('owners.write') && visit.visitor.principal.level === 'tenant',
      may_archive: visit.may('organizations.write') && visit.visitor.principal.level === 'tenant',
      may_invite: visit.may('members.write'),
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

const invite = form({
  route: `POST ${path}/:id/invitations`,
  again: show,
  submit: submission(
    organizationsSendInvites,
    (fields, { id }) => ({
      id,
      invites: (given(fields, 'emails') ?? '')
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map((email) => ({ email, roles: [given(fields, 'role') ?? ''] })),
    }),
    ({ organization: { id, name }, invitations_sent }) => ({
      to: `${path}/${id}`,
      say: `${invitations_sent} ${invitations_sent === 1 ? 'person is' : 'people are'} invited to ${name}.`,
    }),
  ),
})

const lead = form({
  route: `POST ${path}/:id/make_default`,
  again: show,
  submit: submission(
    organizationsMakeDefault,
    (_, { id }) => ({ id }),
    ({ name }) => ({ to: path, say: `${name} leads the business now.` }),
  ),
})

const archive = form({
  route: `POST ${path}/:id/archive`,
  again: show,
  submit: submission(
    organizationsArchive,
    (_, { id }) => ({ id }),
    ({ id, name }) => ({ to: `${path}/${id}`, say: `${name} is archived.` }),
  ),
})

const restore = form({
  route: `POST ${path}/:id/restore`,
  again: show,
  submit: submission(
    organizationsRestore,
    (_, { id }) => ({ id }),
    ({ id, name }) => ({ to: `${path}/${id}`, say: `${name} is worked in again.` }),
  ),
})

export const pages: RoomPages = {
  pages: [list, show],
  forms: [found, change, invite, lead, archive, restore],
}
