/** What can be done with roles, and what there is to permit. */
import { Type } from '@sinclair/typebox'
import { reading, writing, type Operation } from '../../operations/operation.ts'
import { IdParam, PageOf } from '../../operations/shapes.ts'
import { changeRole } from './change.ts'
import { createRole } from './create.ts'
import { permissionsIn } from './list-permissions.ts'
import { getRole, listRoles } from './read.ts'
import { removeRole } from './remove.ts'
import { NewRole, PermissionList, Role, RoleChange, RoleFilter } from './schema.ts'

export const rolesList = reading(
  {
    id: 'roles.list',
    route: 'GET /v1/roles',
    level: 'organization',
    permission: 'roles.read',
    summary: 'List the roles of an organization and what each may do',
    description:
      'Built-in roles come first, on the first page only, and do not count towards `limit`.',
    query: RoleFilter,
    reply: PageOf(Role),
  },
  listRoles,
)

export const rolesGet = reading(
  {
    id: 'roles.get',
    route: 'GET /v1/roles/:id',
    level: 'organization',
    permission: 'roles.read',
    summary: 'Get a role of your own',
    params: IdParam('rol'),
    reply: Role,
  },
  getRole,
)

const own_role = { name: 'Night shift', permissions: ['pick_orders', 'view_stock'] }

export const rolesCreate = writing(
  {
    id: 'roles.create',
    route: 'POST /v1/roles',
    level: 'organization',
    permission: 'roles.write',
    feature: 'custom_roles',
    summary: 'Create a role from permissions; it grants at most what you have',
    body: NewRole,
    reply: Role,
    status: 201,
    problems: ['exceeds_own_rights', 'step_up_required', 'duplicate_role'],
    example: { body: own_role },
  },
  createRole,
)

export const rolesUpdate = writing(
  {
    id: 'roles.update',
    route: 'PATCH /v1/roles/:id',
    level: 'organization',
    permission: 'roles.write',
    feature: 'custom_roles',
    summary: 'Change a role, at once for everybody who has it',
    params: IdParam('rol'),
    body: RoleChange,
    reply: Role,
    subject: getRole,
    match: 'required',
    problems: ['exceeds_own_rights', 'step_up_required', 'duplicate_role'],
    example: { body: { permissions: ['pick_orders', 'view_stock', 'view_shipments'] } },
  },
  changeRole,
)

export const rolesRemove = writing(
  {
    id: 'roles.remove',
    route: 'DELETE /v1/roles/:id',
    level: 'organization',
    permission: 'roles.write',
    summary: 'Remove a role that nobody has',
    params: IdParam('rol'),
    reply: Role,
    subject: getRole,
    match: 'optional',
    problems: ['exceeds_own_rights', 'role_in_use'],
  },
  removeRole,
)

/** Made of what all rooms declare, so `app.ts` hands it in. */
export const permissionsList = (operations: () => readonly Operation[]) =>
  reading(
    {
      id: 'permissions.list',
      route: 'GET /v1/permissions',
      level: 'organization',
      permission: 'roles.read',
      summary: 'List what can be permitted, one by one and in named sets',
      query: Type.Object({}, { additionalProperties: false }),
      reply: PermissionList,
    },
    () => permissionsIn(operations()),
  )

export const roles_api = [rolesList, rolesGet, rolesCreate, rolesUpdate, rolesRemove]
