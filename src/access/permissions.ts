/** Roles, what each may do, and how a pattern such as `items.*` covers a permission. */
import { permission_set_names, permission_sets, spellOut } from './permission-sets.ts'

/** Everything in an organization but its owners and what the business costs. */
const all_but_owning = permission_set_names.filter(
  (name) =>
    permission_sets[name].level !== 'platform' &&
    name !== 'manage_org_owner' &&
    name !== 'manage_billing',
)

/** Built-in roles of an organization: patterns such as `*`, `room.*`, `*.verb`, and named sets. */
export const roles = {
  owner: ['*'],
  admin: ['*.read', ...all_but_owning],
  member: [
    '*.read',
    'create_shipments',
    'manage_shipments',
    'manage_items',
    'manage_locations',
    'manage_parties',
    'manage_stock',
    'manage_purchasing',
    'manage_orders',
    'manage_returns',
  ],
  developer: ['*.read', 'manage_api_keys', 'manage_webhooks', 'manage_jobs'],
  viewer: ['*.read'],
} as const satisfies Record<string, readonly string[]>

export const role_summaries: Record<Role, string> = {
  owner: 'Everything, and decides who is an owner.',
  admin: 'Everything but the owners and the plan.',
  member: 'The daily work: items, stock, orders, shipments and returns.',
  developer: 'Reads all, and looks after tokens, webhooks and jobs.',
  viewer: 'Reads all and changes nothing.',
}

/** Roles of the operator's staff. */
export const staff_roles = {
  operator: ['*'],
  support: ['*.read'],
} as const satisfies Record<string, readonly string[]>

export type Role = keyof typeof roles
export type StaffRole = keyof typeof staff_roles

export const role_names = Object.keys(roles) as Role[]
export const staff_role_names = Object.keys(staff_roles) as StaffRole[]

/** True when one of the patterns or named sets covers the permission. */
export function covers(patterns: readonly string[], permission: string): boolean {
  const dot = permission.indexOf('.')
  const room = `${permission.slice(0, dot)}.*`
  const verb = `*${permission.slice(dot)}`
  return spellOut(patterns).some(
    (pattern) => pattern === '*' || pattern === permission || pattern === room || pattern === verb,
  )
}

/** A permission check that remembers its answers: there are few permissions and many requests. */
export function permissionCheck(...all_of: (readonly string[])[]): (permission: string) => boolean {
  const known = new Map<string, boolean>()
  return (permission) => {
    let granted = known.get(permission)
    if (granted === undefined) {
      granted = all_of.every((patterns) => covers(patterns, permission))
      known.set(permission, granted)
    }
    return granted
  }
}
