/** Shapes of roles and permissions on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Closed, ListQuery, Nullable, OneOf, Timestamp, Version } from '../../operations/shapes.ts'
import { role_names } from '../permissions.ts'
import { Patterns } from '../schema.ts'

export const Role = Type.Object({
  /** What `role` of a member holds: the name of a built-in role, or the id of one of your own. */
  id: Type.String(),
  name: Type.String(),
  summary: Type.String(),
  permissions: Type.Array(Type.String()),
  is_built_in: Type.Boolean(),
  member_count: Type.Integer({ minimum: 0 }),
  /** Built-in roles do not change. */
  version: Version,
  created_at: Nullable(Timestamp),
  updated_at: Nullable(Timestamp),
})
export type Role = Static<typeof Role>

const RoleName = Type.String({
  minLength: 1,
  maxLength: 60,
  pattern: `^(?!(${role_names.join('|')})$)\\S(.*\\S)?$`,
  description: 'A name that no built-in role has, without spaces around it',
})
const Summary = Type.String({ maxLength: 300 })

export const NewRole = Closed({
  name: RoleName,
  summary: Type.Optional(Summary),
  permissions: Patterns,
})
export type NewRole = Static<typeof NewRole>

export const RoleChange = Closed({
  name: Type.Optional(RoleName),
  summary: Type.Optional(Summary),
  permissions: Type.Optional(Patterns),
})
export type RoleChange = Static<typeof RoleChange>

export const RoleFilter = ListQuery(
  { search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of the name' })) },
  ['name'],
)
export type RoleFilter = Static<typeof RoleFilter>

const PermissionEntry = Type.Object({
  permission: Type.String(),
  room: Type.String(),
  levels: Type.Array(OneOf(['platform', 'tenant', 'organization'] as const)),
  /** What it is needed for, one sentence. */
  summary: Type.String(),
  operations: Type.Array(Type.String()),
})

const PermissionSetEntry = Type.Object({
  name: Type.String(),
  level: OneOf(['organization', 'platform', 'both'] as const),
  summary: Type.String(),
  permissions: Type.Array(Type.String()),
})

export const PermissionList = Type.Object({
  permissions: Type.Array(PermissionEntry),
  /** Names that stand for several permissions, usable wherever a permission is. */
  sets: Type.Array(PermissionSetEntry),
})
export type PermissionList = Static<typeof PermissionList>
