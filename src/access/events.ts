/** What access tells the outside. */
import { Type } from '@sinclair/typebox'
import type { EventType } from '../events/emit.ts'
import { supportEnded, supportStarted } from './impersonation/events.ts'
import { Invitation } from './invitations/schema.ts'
import { Role } from './roles/schema.ts'
import { factorAdded, factorRemoved } from './second-factor/events.ts'
import { securityUpdated } from './security/events.ts'
import { Member, Token } from './schema.ts'

export const tokenCreated: EventType = {
  type: 'token.created',
  summary: 'A token was created.',
  data: Token,
}

export const tokenRotated: EventType = {
  type: 'token.rotated',
  summary: 'A token was replaced by a new one; the old one works until it expires.',
  data: Type.Object({ token: Token, replacement: Token }),
}

export const tokenRevoked: EventType = {
  type: 'token.revoked',
  summary: 'A token was ended.',
  data: Token,
}

export const memberAdded: EventType = {
  type: 'member.added',
  summary: 'A person was added to the organization, or to the staff of the operator.',
  data: Member,
}

export const memberUpdated: EventType = {
  type: 'member.updated',
  summary: 'A person has another role.',
  data: Member,
}

export const memberRemoved: EventType = {
  type: 'member.removed',
  summary: 'A person was removed from the organization, or from the staff.',
  data: Member,
}

export const roleCreated: EventType = {
  type: 'role.created',
  summary: 'A role of the organization was created.',
  data: Role,
}

export const roleUpdated: EventType = {
  type: 'role.updated',
  summary: 'A role grants other things, or has another name.',
  data: Role,
}

export const roleRemoved: EventType = {
  type: 'role.removed',
  summary: 'A role was removed; nobody had it.',
  data: Role,
}

export const invitationSent: EventType = {
  type: 'invitation.sent',
  summary: 'Somebody was invited by mail, for the first time or again.',
  data: Invitation,
}

export const invitationAccepted: EventType = {
  type: 'invitation.accepted',
  summary: 'Somebody who was invited came in.',
  data: Invitation,
}

export const invitationRevoked: EventType = {
  type: 'invitation.revoked',
  summary: 'An invitation was taken back: its link opens nothing any more.',
  data: Invitation,
}

export const events = [
  factorAdded,
  factorRemoved,
  securityUpdated,
  supportStarted,
  supportEnded,
  tokenCreated,
  tokenRotated,
  tokenRevoked,
  memberAdded,
  memberUpdated,
  memberRemoved,
  roleCreated,
  roleUpdated,
  roleRemoved,
  invitationSent,
  invitationAccepted,
  invitationRevoked,
]
