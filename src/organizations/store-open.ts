/** What is still open in an organization, counted in the rows of the rooms it works in. */
import type { Read } from '../db/session.ts'

/** One question each, by the index that begins with the organization. */
const questions: Readonly<Record<string, string>> = {
  'goods in stock': 'stock_levels WHERE organization_id = ? AND live = 1',
  reservations: `stock_reservations WHERE organization_id = ? AND state = 'open'`,
  'purchase orders': `purchase_orders WHERE organization_id = ?
    AND status NOT IN ('received', 'closed', 'cancelled')`,
  'sales orders': `sales_orders WHERE organization_id = ?
    AND status NOT IN ('delivered', 'closed', 'cancelled')`,
  shipments: `shipments WHERE organization_id = ?
    AND status IN ('purchasing', 'uncertain', 'purchased', 'in_transit', 'needs_attention')`,
  returns: `returns WHERE organization_id = ? AND status NOT IN ('closed', 'cancelled')`,
  transfers: `transfers WHERE organization_id = ? AND status IN ('sent', 'partially_received')`,
  counts: `counts WHERE organization_id = ? AND status IN ('requested', 'counting', 'counted')`,
  jobs: `jobs WHERE organization_id = ? AND state IN ('queued', 'running')`,
}
/** One whose time is over lets nobody in any more. */
const open_invitations = `invitations WHERE organization_id = ? AND state = 'pending'
  AND expires_at > ?`

export interface OpenThings {
  what: string
  count: number
}

/** Of what there is any, how many. */
export function openThings(read: Read, organization_id: string): OpenThings[] {
  const count = (rows: string, ...values: string[]): number =>
    read.get<{ count: number }>(`SELECT count(*) AS count FROM ${rows}`, ...values)!.count
  const counted = Object.entries(questions).map(([what, rows]) => ({
    what,
    count: count(rows, organization_id),
  }))
  const invitations = count(open_invitations, organization_id, read.now)
  return [...counted, { what: 'invitations', count: invitations }].filter(({ count }) => count > 0)
}
