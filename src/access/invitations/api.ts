/** What can be done with invitations: of an organization, and of the operator's staff. */
import { reading, writing } from '../../operations/operation.ts'
import { IdParam, PageOf } from '../../operations/shapes.ts'
import { getInvitation, listInvitations } from './read.ts'
import { revokeInvitation } from './revoke.ts'
import { Invitation, InvitationFilter, NewInvitation, NewStaffInvitation } from './schema.ts'
import { resendInvitation, sendInvitation } from './send.ts'

const at_business = {
  level: 'organization',
  room: 'invitations',
  path: 'invitations',
  people: 'members',
} as const
const at_platform = {
  level: 'platform',
  room: 'platform_invitations',
  path: 'platform/invitations',
  people: 'staff',
} as const
type Place = typeof at_business | typeof at_platform

const listing = ({ level, room, path, people }: Place) =>
  reading(
    {
      id: `${room}.list`,
      route: `GET /v1/${path}`,
      level,
      permission: `${people}.read`,
      summary: 'List invitations and what became of them',
      query: InvitationFilter,
      reply: PageOf(Invitation),
    },
    listInvitations,
  )

const getting = ({ level, room, path, people }: Place) =>
  reading(
    {
      id: `${room}.get`,
      route: `GET /v1/${path}/:id`,
      level,
      permission: `${people}.read`,
      summary: 'Get an invitation',
      params: IdParam('inv'),
      reply: Invitation,
    },
    getInvitation,
  )

const resending = ({ level, room, path, people }: Place) =>
  writing(
    {
      id: `${room}.resend`,
      route: `POST /v1/${path}/:id/resend`,
      level,
      permission: `${people}.write`,
      summary: 'Send an invitation again: the new link ends the old one',
      params: IdParam('inv'),
      reply: Invitation,
      subject: getInvitation,
      match: 'optional',
      problems: ['invitation_closed', 'invitation_limit', 'exceeds_own_rights'],
    },
    resendInvitation,
  )

const revoking = ({ level, room, path, people }: Place) =>
  writing(
    {
      id: `${room}.revoke`,
      route: `POST /v1/${path}/:id/revoke`,
      level,
      permission: `${people}.write`,
      summary: 'Take an invitation back',
      params: IdParam('inv'),
      reply: Invitation,
      subject: getInvitation,
      match: 'optional',
      problems: ['invitation_closed', 'exceeds_own_rights'],
    },
    revokeInvitation,
  )

export const invitationsList = listing(at_business)
export const invitationsGet = getting(at_business)
export const invitationsSend = writing(
  {
    id: 'invitations.send',
    route: 'POST /v1/invitations',
    level: 'organization',
    permission: 'members.write',
    summary: 'Invite somebody by mail to join the organization',
    body: NewInvitation,
    reply: Invitation,
    status: 201,
    problems: [
      'member_exists',
      'invitation_open',
      'invitation_limit',
      'exceeds_own_rights',
      'step_up_required',
      'limit_reached',
    ],
    example: { body: { email: 'lotte@harbour.test', role: 'member' } },
  },
  (tx, wish) => sendInvitation(tx, wish),
)
export const invitationsResend = resending(at_business)
export const invitationsRevoke = revoking(at_business)

export const platformInvitationsList = listing(at_platform)
export const platformInvitationsGet = getting(at_platform)
export const platformInvitationsSend = writing(
  {
    id: 'platform_invitations.send',
    route: 'POST /v1/platform/invitations',
    level: 'platform',
    permission: 'staff.write',
    summary: 'Invite somebody by mail to join the staff',
    body: NewStaffInvitation,
    reply: Invitation,
    status: 201,
    problems: [
      'member_exists',
      'invitation_open',
      'invitation_limit',
      'exceeds_own_rights',
      'step_up_required',
    ],
    example: { body: { email: 'grace@operator.test', role: 'support' } },
  },
  (tx, wish) => sendInvitation(tx, wish),
)
export const platformInvitationsResend = resending(at_platform)
export const platformInvitationsRevoke = revoking(at_platform)

export const invitations_api = [
  invitationsList,
  invitationsGet,
  invitationsSend,
  invitationsResend,
  invitationsRevoke,
  platformInvitationsList,
  platformInvitationsGet,
  platformInvitationsSend,
  platformInvitationsResend,
  platformInvitationsRevoke,
]
