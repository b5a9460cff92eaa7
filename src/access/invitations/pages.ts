/** The console's pages for invitations: to an organization, and to the operator's staff. */
import type { TypedOperation } from '../../operations/operation.ts'
import {
  form,
  formState,
  given,
  page,
  submission,
  type RoomPages,
  type Visit,
} from '../../operations/page.ts'
import { invitationsView } from '../../../views/access/invitations.tsx'
import type { RoleChoice, TeamFrame } from '../../../views/access/members.tsx'
import { listUrl } from '../list-url.ts'
import { staff, staffRoles, team, teamRoles } from '../members/pages.ts'
import {
  invitationsList,
  invitationsResend,
  invitationsRevoke,
  invitationsSend,
  platformInvitationsList,
  platformInvitationsResend,
  platformInvitationsRevoke,
  platformInvitationsSend,
} from './api.ts'
import type { Invitation } from './schema.ts'

/** Both have the same pages over their own operations. */
interface InvitationDesk {
  frame: TeamFrame
  path: `/${string}`
  permission: string
  roles: (visit: Visit) => RoleChoice[]
  list: typeof invitationsList
  send: typeof invitationsSend | typeof platformInvitationsSend
  resend: typeof invitationsResend
  revoke: typeof invitationsRevoke
}

function invitationDesk(desk: InvitationDesk): RoomPages {
  const { path } = desk
  const show = page({
    route: `GET ${path}`,
    title: 'Invitations',
    show: (visit) =>
      invitationsView({
        frame: desk.frame,
        path,
        url: listUrl(visit, path),
        state: formState(visit),
        roles: desk.roles(visit),
        may_write: visit.may(desk.permission),
        invitations: visit.ask(desk.list, visit.query(desk.list)),
      }),
  })
  const sent = ({ email }: Invitation, { services }: Visit) => ({
    to: path,
    say: services.mail
      ? `An invitation is on its way to ${email}.`
      : `Nobody carries mail here: the invitation of ${email} waits under Mail to be handed over.`,
  })
  return {
    pages: [show],
    forms: [
      form({
        route: `POST ${path}`,
        again: show,
        submit: submission(
          desk.send as TypedOperation<'write', never, Invitation>,
          (fields) => ({
            email: given(fields, 'email') ?? '',
            role: given(fields, 'role') ?? '',
          }),
          sent,
        ),
      }),
      form({
        route: `POST ${path}/:id/resend`,
        again: show,
        submit: submission(desk.resend, (_, { id }) => ({ id }), sent),
      }),
      form({
        route: `POST ${path}/:id/revoke`,
        again: show,
        submit: submission(
          desk.revoke,
          (_, { id }) => ({ id }),
          ({ email }) => ({ to: path, say: `The invitation of ${email} opens nothing any more.` }),
        ),
      }),
    ],
  }
}

export const invitation_pages = [
  invitationDesk({
    frame: team,
    path: '/settings/invitations',
    permission: 'members.write',
    roles: teamRoles,
    list: invitationsList,
    send: invitationsSend,
    resend: invitationsResend,
    revoke: invitationsRevoke,
  }),
  invitationDesk({
    frame: staff,
    path: '/platform/invitations',
    permission: 'staff.write',
    roles: staffRoles,
    list: platformInvitationsList,
    send: platformInvitationsSend,
    resend: platformInvitationsResend,
    revoke: platformInvitationsRevoke,
  }),
]
