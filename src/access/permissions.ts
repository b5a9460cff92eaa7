/** Roles, what each may do, and how a pattern such as `items.*` covers a permission. */

/** Built-in roles of an organization. A pattern is `*`, `room.*`, `*.verb` or one permission. */
export const roles = {
  owner: ['*'],
  admin: ['*'],
  member: [
    '*.read',
    'items.*',
    'locations.*',
    'parties.*',
    'stock.*',
    'purchasing.*',
    'orders.*',
    'shipments.*',
    'returns.*',
  ],
  developer: ['*.read', 'tokens.*', 'webhooks.*', 'jobs.*'],
  viewer: ['*.read'],
} as const satisfies Record<string, readonly string[]>

export const role_summaries: Record<Role, string> = {
  owner: 'Everything, and decides who is an owner.',
  admin: 'Everything but the owners.',
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

export const patternsOf = (role: string): readonly string[] =>
  roles[role as Role] ?? staff_roles[role as StaffRole] ?? []

/** True when one of the patterns covers the permission. */
export function covers(patterns: readonly string[], permission: string): boolean {
  const dot = permission.indexOf('.')
  const room = `${permission.slice(0, dot)}.*`
  const verb = `*${permission.slice(dot)}`
  return patterns.some(
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
