/** Permissions by the names people know them by: each set stands for patterns, wherever one may. */

interface PermissionSet {
  /** Where it is of use; a role or a token of the other level gains nothing by it. */
  level: 'organization' | 'platform' | 'both'
  summary: string
  patterns: readonly string[]
}

/** A name has no dot, so that it is never taken for a permission or a pattern. */
export const permission_sets = {
  manage_org_owner: {
    level: 'organization',
    summary: 'Decide who is an owner, and about the business as a whole.',
    patterns: ['owners.*', 'business.*', 'exports.*', 'mails.open'],
  },
  manage_team: {
    level: 'organization',
    summary: 'Invite people, give roles, remove people and end their sessions.',
    patterns: ['members.*', 'roles.*'],
  },
  manage_billing: {
    level: 'organization',
    summary: 'Choose the plan, and see what it costs.',
    patterns: ['plans.*', 'billing.*', 'usage.*'],
  },
  manage_organizations: {
    level: 'organization',
    summary: 'Found and change organizations; in the default one, reach all of them.',
    patterns: ['organizations.*'],
  },
  manage_settings: {
    level: 'organization',
    summary: 'Set the business up: security, domains, mail, sandboxes and branches.',
    patterns: [
      'security.*',
      'domains.*',
      'mails.read',
      'mails.write',
      'set_up.*',
      'siblings.*',
      'features.read',
    ],
  },
  manage_api_keys: {
    level: 'organization',
    summary: 'Create, replace and end tokens.',
    patterns: ['tokens.*'],
  },
  view_webhooks: {
    level: 'organization',
    summary: 'See webhook endpoints, their deliveries and the feed of events.',
    patterns: ['webhooks.read', 'events.read'],
  },
  manage_webhooks: {
    level: 'organization',
    summary: 'Look after webhook endpoints, and send deliveries again.',
    patterns: ['webhooks.*', 'events.read'],
  },
  manage_jobs: {
    level: 'organization',
    summary: 'Start, cancel and repeat jobs, and see what runs by the clock.',
    patterns: ['jobs.*', 'schedules.*'],
  },
  view_analytics: {
    level: 'both',
    summary: 'See the pictures and the numbers.',
    patterns: ['analytics.read', 'home.read', 'usage.read', 'usage.export'],
  },
  view_audit: {
    level: 'both',
    summary: 'Read and export the trail of who changed what.',
    patterns: ['audit.*'],
  },
  view_shipments: {
    level: 'organization',
    summary: 'See shipments, labels and where parcels are.',
    patterns: ['shipments.read'],
  },
  create_shipments: {
    level: 'organization',
    summary: 'Make shipments, compare rates and buy labels.',
    patterns: ['shipments.read', 'shipments.write', 'shipments.purchase'],
  },
  manage_shipments: {
    level: 'organization',
    summary: 'Everything about shipments, and the carriers they go by.',
    patterns: ['shipments.*', 'carriers.*'],
  },
  view_items: {
    level: 'organization',
    summary: 'See the catalogue.',
    patterns: ['items.read'],
  },
  manage_items: {
    level: 'organization',
    summary: 'Look after the catalogue: items, lots and units.',
    patterns: ['items.*'],
  },
  manage_locations: {
    level: 'organization',
    summary: 'Look after sites, bins and docks.',
    patterns: ['locations.*'],
  },
  manage_parties: {
    level: 'organization',
    summary: 'Look after suppliers and customers.',
    patterns: ['parties.*'],
  },
  view_stock: {
    level: 'organization',
    summary: 'See levels, movements and proofs.',
    patterns: ['stock.read', 'ledger.read', 'items.read', 'locations.read'],
  },
  manage_stock: {
    level: 'organization',
    summary: 'Move, adjust, count and transfer stock.',
    patterns: ['stock.*', 'ledger.read', 'items.read', 'locations.read'],
  },
  manage_ledger: {
    level: 'organization',
    summary: 'Prove the ledger and publish its heads.',
    patterns: ['ledger.*'],
  },
  receive_purchases: {
    level: 'organization',
    summary: 'Receive what suppliers send.',
    patterns: ['purchasing.read', 'purchasing.receive'],
  },
  manage_purchasing: {
    level: 'organization',
    summary: 'Order from suppliers and receive.',
    patterns: ['purchasing.*'],
  },
  pick_orders: {
    level: 'organization',
    summary: 'Pick and pack what was ordered.',
    patterns: ['orders.read', 'orders.pick', 'orders.pack'],
  },
  manage_orders: {
    level: 'organization',
    summary: 'Take orders, reserve, pick and pack.',
    patterns: ['orders.*'],
  },
  manage_returns: {
    level: 'organization',
    summary: 'Authorize, receive and inspect returns.',
    patterns: ['returns.*'],
  },
  manage_tenants: {
    level: 'platform',
    summary: 'Found, change, suspend and close businesses, and look after their domains.',
    patterns: ['tenants.*', 'domains.*', 'requirements.*', 'sign_ups.*'],
  },
  manage_users: {
    level: 'platform',
    summary: 'Look after the staff of the operator.',
    patterns: ['staff.*'],
  },
  manage_plans: {
    level: 'platform',
    summary: 'Look after plans, features and flags.',
    patterns: ['plans.*', 'flags.*', 'features.*', 'usage.*'],
  },
  manage_system: {
    level: 'platform',
    summary: 'Look after the installation: tokens, schedules, jobs, mail and security.',
    patterns: [
      'tokens.*',
      'schedules.*',
      'jobs.*',
      'mails.*',
      'security.*',
      'events.*',
      'carriers.*',
      'health.*',
    ],
  },
} as const satisfies Record<string, PermissionSet>

export type PermissionSetName = keyof typeof permission_sets
export const permission_set_names = Object.keys(permission_sets) as PermissionSetName[]

const patterns_of: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(permission_sets).map(([name, { patterns }]) => [name, patterns]),
)

/** Each set by the patterns it stands for; what is a pattern already stays. */
export const spellOut = (patterns: readonly string[]): string[] =>
  patterns.flatMap((pattern) => patterns_of.get(pattern) ?? [pattern])
