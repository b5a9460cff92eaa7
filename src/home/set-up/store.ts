/** What the guided set-up looks at: the first of everything, what was wished for, what was put aside. */
import type { Read, Write } from '../../db/session.ts'

/** Each is asked with the organization; what is there is one row of an index away. */
const first_things = {
  owner: `SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id
    WHERE m.organization_id = ? AND m.role = 'owner' AND u.password_hash IS NOT NULL`,
  item: 'SELECT 1 FROM items WHERE organization_id = ?',
  address: `SELECT 1 FROM locations WHERE organization_id = ? AND type = 'site'
    AND address IS NOT NULL`,
  supplier: 'SELECT 1 FROM parties WHERE organization_id = ? AND is_supplier = 1',
  stock: 'SELECT 1 FROM stock_levels WHERE organization_id = ? AND live = 1',
  carrier: 'SELECT 1 FROM carrier_connections WHERE organization_id = ?',
  order: 'SELECT 1 FROM sales_orders WHERE organization_id = ?',
  webhooks: 'SELECT 1 FROM webhook_endpoints WHERE organization_id = ?',
  api_call: `SELECT 1 FROM tokens WHERE organization_id IN (?, '') AND last_used_at IS NOT NULL`,
} as const

export type FirstThing = keyof typeof first_things

export const hasFirst = (read: Read, thing: FirstThing): boolean =>
  read.get(`${first_things[thing]} LIMIT 1`, read.scope.organization_id) !== undefined

/** More than the one that every business begins with. */
export const hasSeveralOrganizations = (read: Read): boolean =>
  read.all('SELECT 1 FROM organizations LIMIT 2').length > 1

export const hasConnectionTo = (read: Read, carrier_id: string): boolean =>
  read.get(
    'SELECT 1 FROM carrier_connections WHERE organization_id = ? AND carrier_id = ? LIMIT 1',
    read.scope.organization_id,
    carrier_id,
  ) !== undefined

export const wishesOf = (read: Read): { kind: 'carrier' | 'feature'; name: string }[] =>
  read.all(
    'SELECT kind, name FROM set_up_wishes WHERE organization_id = ? ORDER BY kind, name LIMIT 200',
    read.scope.organization_id,
  )

export const skippedSteps = (read: Read): string[] =>
  read
    .all<{ step: string }>(
      'SELECT step FROM set_up_skips WHERE organization_id = ? LIMIT 500',
      read.scope.organization_id,
    )
    .map(({ step }) => step)

export const insertSkip = (tx: Write, step: string): number =>
  tx.run(
    `INSERT INTO set_up_skips (organization_id, step, skipped_by, skipped_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (organization_id, step) DO NOTHING`,
    tx.scope.organization_id,
    step,
    tx.scope.actor.id,
    tx.now,
  )

export const deleteSkip = (tx: Write, step: string): number =>
  tx.run(
    'DELETE FROM set_up_skips WHERE organization_id = ? AND step = ?',
    tx.scope.organization_id,
    step,
  )
