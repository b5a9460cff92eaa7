/** Shapes of organizations on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { RoleWish } from '../access/schema.ts'
import {
  Closed,
  Email,
  Id,
  ListQuery,
  Metadata,
  Name,
  Nullable,
  Timestamp,
  Version,
} from '../operations/shapes.ts'

const Slug = Type.String({
  pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
  description: 'Small letters, digits and hyphens',
})

export const Organization = Type.Object({
  id: Id('org'),
  name: Type.String(),
  slug: Type.String(),
  /** The organization of those who never think about organizations. */
  is_default: Type.Boolean(),
  /** Since then it can only be read. */
  archived_at: Nullable(Timestamp),
  metadata: Metadata,
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Organization = Static<typeof Organization>

const Invite = Closed({
  email: Email,
  roles: Type.Array(RoleWish, {
    minItems: 1,
    maxItems: 1,
    description: 'One role: a member has one; who needs two gets a role of your own',
  }),
})

export const NewOrganization = Closed({
  name: Name,
  slug: Type.Optional(Slug),
  metadata: Type.Optional(Metadata),
  invite_users: Type.Optional(
    Type.Array(Invite, { maxItems: 50, description: 'Who is invited to it by mail, at once' }),
  ),
})
export type NewOrganization = Static<typeof NewOrganization>

export const OrganizationChange = Closed({
  name: Type.Optional(Name),
  slug: Type.Optional(Slug),
  metadata: Type.Optional(Metadata),
})
export type OrganizationChange = Static<typeof OrganizationChange>

export const OrganizationFilter = ListQuery(
  {
    search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of name or slug' })),
    archived: Type.Optional(
      Type.Boolean({ description: 'Those that are archived, instead of those that are not' }),
    ),
  },
  ['created_at', 'name'],
)
export type OrganizationFilter = Static<typeof OrganizationFilter>

export type InviteWish = Static<typeof Invite>

export const Invites = Closed({
  invites: Type.Array(Invite, { minItems: 1, maxItems: 50 }),
})

export const InvitesSent = Type.Object({
  organization: Type.Object({ id: Id('org'), name: Type.String() }),
  invitations_sent: Type.Integer({ minimum: 1 }),
})
export type InvitesSent = Static<typeof InvitesSent>
