/** Shapes of invitations on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import {
  Closed,
  Email,
  Id,
  ListQuery,
  Nullable,
  OneOf,
  Timestamp,
  Version,
} from '../../operations/shapes.ts'
import { staff_role_names } from '../permissions.ts'
import { RoleWish } from '../schema.ts'

export const invitation_states = ['pending', 'accepted', 'revoked', 'expired'] as const

/** Somebody who was asked by mail to join; the secret is in the mail alone. */
export const Invitation = Type.Object({
  id: Id('inv'),
  email: Type.String(),
  role: Type.String(),
  role_name: Type.String(),
  state: OneOf(invitation_states),
  invited_by_name: Type.String(),
  /** How often it was sent: each time with a new link, which ends the one before. */
  send_count: Type.Integer({ minimum: 1 }),
  sent_at: Timestamp,
  expires_at: Timestamp,
  accepted_at: Nullable(Timestamp),
  /** The member it became. */
  accepted_by: Nullable(Id('usr')),
  revoked_at: Nullable(Timestamp),
  version: Version,
  created_at: Timestamp,
})
export type Invitation = Static<typeof Invitation>

export const NewInvitation = Closed({ email: Email, role: RoleWish })
export const NewStaffInvitation = Closed({ email: Email, role: OneOf(staff_role_names) })

export interface InvitationWish {
  email: string
  role: string
}

export const InvitationFilter = ListQuery(
  {
    state: Type.Optional(OneOf(invitation_states)),
    search: Type.Optional(Type.String({ maxLength: 100, description: 'Beginning of the e-mail' })),
  },
  ['created_at', 'email'],
)
export type InvitationFilter = Static<typeof InvitationFilter>
