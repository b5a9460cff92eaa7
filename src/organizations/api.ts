/** What can be done with organizations. */
import { reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { archiveOrganization, restoreOrganization } from './archive.ts'
import { changeOrganization } from './change.ts'
import { createOrganization } from './found.ts'
import { sendInvites } from './invite.ts'
import { makeDefault } from './make-default.ts'
import { getOrganization, listOrganizations } from './read.ts'
import {
  Invites,
  InvitesSent,
  NewOrganization,
  Organization,
  OrganizationChange,
  OrganizationFilter,
} from './schema.ts'

export const organizationsList = reading(
  {
    id: 'organizations.list',
    route: 'GET /v1/organizations',
    level: 'organization',
    permission: 'organizations.read',
    summary: 'List organizations',
    query: OrganizationFilter,
    reply: PageOf(Organization),
  },
  listOrganizations,
)

export const organizationsGet = reading(
  {
    id: 'organizations.get',
    route: 'GET /v1/organizations/:id',
    level: 'organization',
    permission: 'organizations.read',
    summary: 'Get an organization',
    params: IdParam('org'),
    reply: Organization,
  },
  getOrganization,
)

export const organizationsCreate = writing(
  {
    id: 'organizations.create',
    route: 'POST /v1/organizations',
    level: 'tenant',
    permission: 'organizations.write',
    feature: 'organizations',
    summary: 'Create an organization inside the business',
    body: NewOrganization,
    reply: Organization,
    status: 201,
    problems: [
      'duplicate_slug',
      'limit_reached',
      'member_exists',
      'invitation_open',
      'invitation_limit',
      'exceeds_own_rights',
      'step_up_required',
    ],
    example: { body: { name: 'Harbour Outlet' } },
  },
  createOrganization,
)

export const organizationsUpdate = writing(
  {
    id: 'organizations.update',
    route: 'PATCH /v1/organizations/:id',
    level: 'organization',
    permission: 'organizations.write',
    summary: 'Change an organization',
    params: IdParam('org'),
    body: OrganizationChange,
    reply: Organization,
    subject: getOrganization,
    match: 'required',
    problems: ['duplicate_slug', 'organization_archived'],
    example: { body: { name: 'Harbour Outlet North' } },
  },
  changeOrganization,
)

export const organizationsMakeDefault = writing(
  {
    id: 'organizations.make_default',
    route: 'POST /v1/organizations/:id/make_default',
    level: 'tenant',
    permission: 'owners.write',
    summary: 'Make another organization the default; whoever leads it leads the business',
    params: IdParam('org'),
    reply: Organization,
    subject: getOrganization,
    match: 'optional',
    problems: ['not_default', 'organization_archived'],
  },
  makeDefault,
)

export const organizationsArchive = writing(
  {
    id: 'organizations.archive',
    route: 'POST /v1/organizations/:id/archive',
    level: 'tenant',
    permission: 'organizations.write',
    summary: 'Put an organization aside in which nothing is open: it can only be read',
    description:
      'The default organization stays. `open` in the refusal says what stands in the way.',
    params: IdParam('org'),
    reply: Organization,
    subject: getOrganization,
    match: 'optional',
    problems: ['organization_in_use'],
  },
  archiveOrganization,
)

export const organizationsRestore = writing(
  {
    id: 'organizations.restore',
    route: 'POST /v1/organizations/:id/restore',
    level: 'tenant',
    permission: 'organizations.write',
    summary: 'Work again in an organization that was archived',
    params: IdParam('org'),
    reply: Organization,
    subject: getOrganization,
    match: 'optional',
    problems: ['limit_reached'],
  },
  restoreOrganization,
)

export const organizationsSendInvites = writing(
  {
    id: 'organizations.send_invites',
    route: 'POST /v1/organizations/:id/invitations',
    level: 'organization',
    permission: 'members.write',
    summary: 'Invite people to an organization by mail, all of them or nobody',
    params: IdParam('org'),
    body: Invites,
    reply: InvitesSent,
    status: 201,
    subject: getOrganization,
    problems: [
      'organization_archived',
      'member_exists',
      'invitation_open',
      'invitation_limit',
      'exceeds_own_rights',
      'step_up_required',
      'limit_reached',
    ],
    example: {
      body: {
        invites: [
          { email: 'user1@acme.test', roles: ['member'] },
          { email: 'admin@acme.test', roles: ['admin'] },
        ],
      },
    },
  },
  sendInvites,
)

export const api = [
  organizationsList,
  organizationsGet,
  organizationsCreate,
  organizationsUpdate,
  organizationsMakeDefault,
  organizationsArchive,
  organizationsRestore,
  organizationsSendInvites,
]
