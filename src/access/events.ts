/** What access tells the outside. */
import { Type } from '@sinclair/typebox'
import type { EventType } from '../events/emit.ts'
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

export const events = [
  tokenCreated,
  tokenRotated,
  tokenRevoked,
  memberAdded,
  memberUpdated,
  memberRemoved,
]
