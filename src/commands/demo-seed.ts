/** Fills the demonstration with a small shop. */
import { systemScope } from '../db/scope.ts'
import { foundTenant } from '../tenants/found.ts'
import { inTenant } from './as-operator.ts'
import type { Installation } from './installation.ts'

export interface Seeded {
  tenant_id: string
  token: string
}

const items = [
  { sku: 'MUG-BLUE', name: 'Blue mug', weight_g: 350 },
  { sku: 'MUG-WHITE', name: 'White mug', weight_g: 350 },
  { sku: 'TEA-EARL', name: 'Earl Grey, loose leaf', weight_g: 120 },
]

export async function seedDemo(installation: Installation): Promise<Seeded> {
  const { id, token } = await foundTenant(installation.data, systemScope('demo'), {
    name: 'Harbour Goods',
    slug: 'harbour',
    admin_email: 'mara@harbour.test',
    environment: 'sandbox',
  })
  for (const item of items) await inTenant(installation, id, 'items.create', item)
  return { tenant_id: id, token }
}
