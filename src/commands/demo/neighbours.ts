/** The other businesses on the same installation, so that the operator has something to look after. */
import { systemScope } from '../../db/scope.ts'
import { day_ms, type ManualClock } from '../../kit/clock.ts'
import { activateTenant } from '../../tenants/activate.ts'
import type { CreatedTenant } from '../../tenants/schema.ts'
import { onPlatform } from '../as-operator.ts'
import type { Installation } from '../installation.ts'

const neighbours = [
  { name: 'Northwind Apothecary', admin_email: 'hanna@northwind.test', environment: 'live' },
  { name: 'Saltbox Books', admin_email: 'orders@saltbox.test', environment: 'live' },
  { name: 'Velo Pinecrest', admin_email: 'marc@pinecrest.test', environment: 'live' },
  { name: 'Fern & Fable Toys', admin_email: 'ines@fernfable.test', environment: 'sandbox' },
  { name: 'Kettle Row Fulfilment', admin_email: 'ops@kettlerow.test', environment: 'live' },
] as const

const days_between = 23
/** So long before the shop the first of them was there. */
export const neighbours_ms = neighbours.length * days_between * day_ms

/** @param clock stands at the founding of the first, and is at that of the shop afterwards */
export async function settleNeighbours(
  installation: Installation,
  clock: ManualClock,
): Promise<void> {
  for (const wish of neighbours) {
    const { tenant } = await onPlatform<CreatedTenant>(installation, 'tenants.create', wish)
    const { id, name } = tenant
    await installation.data.platform.write(systemScope('demo'), (tx) => activateTenant(tx, id))
    clock.advance(days_between * day_ms)
    if (name !== 'Velo Pinecrest') continue
    const reason = 'The invoice is open.'
    await onPlatform(installation, 'tenants.suspend', { id, reason })
  }
}
