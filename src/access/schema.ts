/** Shapes of tokens, members and roles on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Closed, Email, Id, ListQuery, Name, Nullable, OneOf } from '../operations/shapes.ts'
import { Timestamp, Version } from '../operations/shapes.ts'
import { permission_set_names } from './permission-sets.ts'
import { staff_role_names } from './permissions.ts'

const Pattern = Type.String({
  pattern: `^(\\*|\\*\\.[a-z_]+|[a-z_]+\\.(\\*|[a-z_]+)|${permission_set_names.join('|')})$`,
  maxLength: 80,
  description:
    'A permission such as items.read, a pattern (items.*, *.read, *), or a named set: manage_team',
})
/** What a role grants, and what a token may do. */
export const Patterns = Type.Array(Pattern, { minItems: 1, maxItems: 100, uniqueItems: true })
const AllowedIps = Type.Array(Type.String({ maxLength: 50 }), { maxItems: 100 })

const token_wish = {
  name: Name,
  scopes: Patterns,
  expires_at: Type.Optional(Nullable(Timestamp)),
  allowed_ips: Type.Optional(AllowedIps),
}

export const NewPlatformToken = Closed(token_wish)
export const NewBusinessToken = Closed({
  ...token_wish,
  organization_id: Type.Optional(
    Id('org', 'Confines the token to one organization; without it, it reaches as far as you do'),
  ),
})
export type TokenWish = Static<typeof NewBusinessToken>

export const token_statuses = ['active', 'expired', 'revoked'] as const

export const Token = Type.Object({
  id: Id('tok'),
  name: Type.String(),
  level: OneOf(['platform', 'tenant', 'organization'] as const),
  organization_id: Nullable(Id('org')),
  /** The last four characters, to recognise it by. */
  hint: Type.String(),
  scopes: Type.Array(Type.String()),
  allowed_ips: Type.Array(Type.String()),
  status: OneOf(token_statuses),
  /** The token that replaces this one; both work until `expires_at`. */
  replaced_by: Nullable(Id('tok')),
  expires_at: Nullable(Timestamp),
  revoked_at: Nullable(Timestamp),
  last_used_at: Nullable(Timestamp),
  /** Where it was used from then. */
  last_used_ip: Nullable(Type.String()),
  /** Not used for 90 days, or at its end within 14: somebody should look at it. */
  attention: Nullable(OneOf(['unused', 'expiring'] as const)),
  created_by: Type.String(),
  version: Version,
  created_at: Timestamp,
})
export type Token = Static<typeof Token>

export const IssuedToken = Type.Composite([
  Token,
  Type.Object({ token: Type.String({ description: 'The token itself: shown this once' }) }),
])
export type IssuedToken = Static<typeof IssuedToken>

export const Rotation = Closed({
  overlap_s: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 2_592_000,
      default: 86_400,
      description: 'Seconds for which the old token still works',
    }),
  ),
  expires_at: Type.Optional(Nullable(Timestamp)),
})
export type Rotation = Static<typeof Rotation>

export const TokenFilter = ListQuery(
  {
    status: Type.Optional(OneOf(['active', 'ended'], 'Expired and revoked ones have ended')),
    attention: Type.Optional(
      OneOf(
        ['any', 'unused', 'expiring'],
        'Working ones that were not used for 90 days, or that end within 14 and are not replaced',
      ),
    ),
  },
  ['created_at'],
)
export type TokenFilter = Static<typeof TokenFilter>

/** Somebody who belongs to an organization, or to the operator's staff. */
export const Member = Type.Object({
  id: Id('usr'),
  email: Type.String(),
  name: Type.String(),
  /** The name of a built-in role, or the id of one of the organization's own. */
  role: Type.String(),
  role_name: Type.String(),
  /** False until the person has used the set-up link. */
  has_password: Type.Boolean(),
  has_second_factor: Type.Boolean(),
  last_seen_at: Nullable(Timestamp),
  created_at: Timestamp,
})
export type Member = Static<typeof Member>

const wish = { email: Email, name: Name }
/** Which of them there are is looked up: an organization has roles of its own. */
export const RoleWish = Type.String({
  pattern: '^[a-z][a-z_0-9]{1,40}$',
  description: 'The name of a built-in role, or the id of one of your own',
})
export const NewMember = Closed({ ...wish, role: RoleWish })
export const MemberChange = Closed({ role: RoleWish })
export const NewStaffMember = Closed({ ...wish, role: OneOf(staff_role_names) })
export const StaffChange = Closed({ role: OneOf(staff_role_names) })

export interface MemberWish {
  email: string
  name: string
  role: string
}

const SetupPath = Type.String({
  description: 'Path of the page where the person sets a password: shown this once, works once',
})
export const AddedMember = Type.Composite([Member, Type.Object({ setup_path: SetupPath })])
export type AddedMember = Static<typeof AddedMember>

export const SetupLink = Type.Object({ setup_path: SetupPath, expires_at: Timestamp })
export type SetupLink = Static<typeof SetupLink>

export const MemberFilter = ListQuery(
  {
    search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of name or e-mail' })),
    role: Type.Optional(RoleWish),
  },
  ['created_at', 'email'],
)
export type MemberFilter = Static<typeof MemberFilter>
