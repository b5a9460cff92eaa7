/** Sets the stage: businesses with items, places and stock, made by the rooms themselves. */
import { join } from 'node:path'
import { issueToken } from '../../src/access/issue-token.ts'
import { createItem } from '../../src/catalog/create.ts'
import { DataFolder } from '../../src/db/data-folder.ts'
import { systemScope, type Scope } from '../../src/db/scope.ts'
import { furnishOrganization } from '../../src/locations/furnish.ts'
import { adjustStock } from '../../src/stock/adjust.ts'
import { foundTenant, type FoundedTenant } from '../../src/tenants/found.ts'

export interface StagedShop {
  tenant: FoundedTenant
  /** Reads and writes its file from inside this process. */
  scope: Scope
  bin_id: string
  item_ids: string[]
}

/** Works on a data folder that no server has open. */
export async function onStage<T>(folder: string, work: (data: DataFolder) => Promise<T>) {
  const data = await DataFolder.open(join(folder, 'data'), { open_files: 256 })
  try {
    return await work(data)
  } finally {
    await data.close()
  }
}

/** One business with a bin and so many items, a million of each in it. */
export async function stageShop(data: DataFolder, name: string, items: number) {
  const tenant = await foundTenant(data, systemScope('bench'), {
    name,
    domain: name.toLowerCase(),
    admin_email: `${name.toLowerCase()}@bench.test`,
  })
  const scope = systemScope('bench', tenant.organization_id, tenant.id)
  const file = data.tenants.at(tenant.id)
  const bin_id = await file.write(
    scope,
    (tx) => furnishOrganization(tx).locations.find(({ type }) => type === 'bin')!.id,
  )
  const item_ids: string[] = []
  for (let from = 0; from < items; from += 500) {
    const numbers = Array.from({ length: Math.min(500, items - from) }, (_, index) => from + index)
    const made = await file.write(scope, (tx) => {
      const ids = numbers.map(
        (number) => createItem(tx, { sku: sku(number), name: sku(number) }).id,
      )
      const lines = ids.map((item_id) => ({ item_id, location_id: bin_id, quantity: '1000000' }))
      adjustStock(tx, { reason: 'found', lines })
      return ids
    })
    item_ids.push(...made)
  }
  return { tenant, scope, bin_id, item_ids } satisfies StagedShop
}

const sku = (number: number): string => `ITEM-${String(number).padStart(6, '0')}`

/** A token of the operator, who stands above all businesses. */
export const operatorToken = async (data: DataFolder): Promise<string> => {
  const wish = { name: 'Bench', level: 'platform', tenant_id: '', organization_id: '' } as const
  const { token } = await data.platform.write(systemScope('bench'), (tx) =>
    issueToken(tx, { ...wish, scopes: ['*'], expires_at: null, allowed_ips: [] }),
  )
  return token
}
