/** A warehouse with a long history, written through the ledger in large postings. */
import type { DataFolder } from '../../src/db/data-folder.ts'
import { counterpart } from '../../src/ledger/accounts/open.ts'
import { post } from '../../src/ledger/post.ts'
import { createLocation } from '../../src/locations/create.ts'
import { getPlace, getSite } from '../../src/locations/read.ts'
import { Random } from '../../tests/random.ts'
import type { StagedShop } from './shop.ts'

const bin_count = 200
/** One movement in ten is of the first item: its history is as long as a history gets. */
const hot_share = 0.1
/** What comes in one delivery goes to a few places. */
const delivery = { items: 50, bins: 4 }

export interface Bin {
  id: string
  account_id: string
}

export function stageBins(data: DataFolder, shop: StagedShop): Promise<Bin[]> {
  return data.tenants.at(shop.tenant.id).write(shop.scope, (tx) => {
    const { site_id } = getPlace(tx, shop.bin_id)
    const parent_id = getSite(tx, site_id).id
    return Array.from({ length: bin_count }, (_, number) => {
      const { id } = createLocation(tx, { type: 'bin', code: `B-${number}`, parent_id })
      return { id, account_id: getPlace(tx, id).account_id }
    })
  })
}

/** Deliveries of many items, one each, into any bin. */
export async function stageMovements(
  data: DataFolder,
  { tenant, scope, item_ids }: StagedShop,
  bins: readonly Bin[],
  count: number,
): Promise<void> {
  const random = new Random(count)
  const file = data.tenants.at(tenant.id)
  const source = await file.write(scope, (tx) => counterpart(tx, 'supplier').id)
  const some = <T>(count: number, all: readonly T[]) =>
    Array.from({ length: count }, () => random.pick(all))
  for (let done = 0; done < count; done += 1_000) {
    const items = some(delivery.items, item_ids)
    const targets = some(delivery.bins, bins)
    const movements = Array.from({ length: Math.min(1_000, count - done) }, () => ({
      item_id: random.chance(hot_share) ? item_ids[0]! : random.pick(items),
      source,
      target: random.pick(targets).account_id,
      quantity: 1,
    }))
    await file.write(scope, (tx) => {
      post(tx, { reason: 'receipt', movements })
    })
  }
}
