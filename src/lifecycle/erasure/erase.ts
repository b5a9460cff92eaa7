/**
 * Erases a business from every place: three acts, each of which can be repeated. What a crash or a
 * failure leaves is gone on with by the schedule, from the row that says what is still to be done.
 */
import { Problem } from '../../kit/problem.ts'
import type { DataFolder } from '../../db/data-folder.ts'
import type { Scope } from '../../db/scope.ts'
import { openOutward, type Beside, type Outward } from '../../operations/outward.ts'
import { getTenant } from '../../tenants/read.ts'
import { beginErasure } from './begin.ts'
import { finishErasure } from './certify.ts'
import { getErasure } from './read.ts'
import { removeEverywhere } from './remove.ts'
import type { Erasure, ErasureWish } from './schema.ts'
import { livingSiblings, setLastError } from './store.ts'

/** Those that this process is working on: a second one for the same business waits for nobody. */
const at_work = new Set<string>()

/**
 * @throws Problem `not_found`, `invalid`, `conflict` as `beginErasure`, and while it is at work
 *   already; `unavailable` when a copy cannot be reached: then it goes on by itself later
 */
export async function eraseTenant(
  outward: Outward,
  { id, ...wish }: ErasureWish & { id: string },
): Promise<Erasure> {
  const { slug } = outward.read((read) => getTenant(read, { id }))
  for (const sibling of outward.read((read) => livingSiblings(read, id))) {
    if (wish.confirm_slug !== slug) break
    const confirm_slug = outward.read((read) => getTenant(read, { id: sibling })).slug
    await eraseTenant(outward, { id: sibling, confirm_slug, reason: wish.reason })
  }
  return claimed(outward.data, id, async () => {
    const row = await outward.write((tx) => beginErasure(tx, outward, id, wish))
    return carryThrough(outward, row.id, id)
  })
}

/** Goes on with one that was begun. @throws as `eraseTenant` */
export const goOnErasing = (
  beside: Beside,
  scope: Scope,
  { id, tenant_id }: { id: string; tenant_id: string },
): Promise<Erasure> =>
  claimed(beside.data, tenant_id, () => carryThrough(openOutward(beside, '', scope), id, tenant_id))

async function claimed<T>(
  { path }: DataFolder,
  tenant_id: string,
  work: () => Promise<T>,
): Promise<T> {
  const place = `${path} ${tenant_id}`
  if (at_work.has(place)) throw new Problem('conflict', 'This business is being erased just now.')
  at_work.add(place)
  try {
    return await work()
  } finally {
    at_work.delete(place)
  }
}

async function carryThrough(outward: Outward, id: string, tenant_id: string): Promise<Erasure> {
  try {
    await removeEverywhere(outward, id, tenant_id)
    await finishErasure(outward, id, tenant_id)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    await outward.write((tx) => setLastError(tx, id, said.slice(0, 500)))
    throw error
  }
  return outward.read((read) => getErasure(read, { id }))
}
