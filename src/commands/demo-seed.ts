/** Fills the demonstration with a small shop. */
import type { Simulator } from '../carriers/simulator/simulator.ts'
import type { CreatedTenant } from '../tenants/schema.ts'
import { inTenant, onPlatform } from './as-operator.ts'
import type { Installation } from './installation.ts'

const items = [
  { sku: 'MUG-BLUE', name: 'Blue mug', weight_g: 350 },
  { sku: 'MUG-WHITE', name: 'White mug', weight_g: 350 },
  { sku: 'TEA-EARL', name: 'Earl Grey, loose leaf', weight_g: 120 },
]

/** @returns the business, with the token and the link that let somebody in */
export async function seedDemo(
  installation: Installation,
  simulator: Simulator,
): Promise<CreatedTenant> {
  const created = await onPlatform<CreatedTenant>(installation, 'tenants.create', {
    name: 'Harbour Goods',
    slug: 'harbour',
    admin_email: 'mara@harbour.test',
    admin_name: 'Mara',
    environment: 'sandbox',
  })
  for (const item of items) await inTenant(installation, created.id, 'items.create', item)
  await inTenant(installation, created.id, 'carrier_connections.create', {
    carrier_id: 'ups',
    name: 'UPS, simulated',
    mode: 'simulator',
    base_url: simulator.baseUrl('ups'),
    credentials: { client_id: 'id', client_secret: 'secret', account_number: 'A1B2C3' },
  })
  return created
}
