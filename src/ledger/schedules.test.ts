import { afterAll, beforeAll, expect, test } from 'bun:test'
import pino from 'pino'
import { Shop } from '../../tests/shop.ts'
import { systemScope } from '../db/scope.ts'
import { getRun, getSchedule } from '../schedule/read.ts'
import { runNow } from '../schedule/run-now.ts'
import { Scheduler } from '../schedule/scheduler.ts'
import { tenantIds } from '../tenants/tenant-ids.ts'
import { schedules } from './schedules.ts'

let shop: Shop
let scheduler: Scheduler
beforeAll(async () => {
  shop = await Shop.open()
  const { data, house } = shop
  const log = pino({ level: 'silent' })
  const tenants = tenantIds(data)
  scheduler = new Scheduler({ data, services: house.door.services, schedules, tenants, log })
  await scheduler.start()
})
afterAll(async () => {
  await scheduler.stop()
  await shop.close()
})

const scope = systemScope('test')

async function run(name: string) {
  const { platform } = shop.data
  const { id } = await platform.write(scope, (tx) => runNow(tx, { name }))
  await scheduler.idle()
  return platform.read(scope, (read) => getRun(read, { id }))
}

test('proofs run for every business, and a ledger that was tampered with fails the run', async () => {
  for (const { name } of schedules) {
    // Every minute only the files that are open anyway are looked into.
    const tenants_done = name === 'prove_open_ledgers' ? 0 : 1
    expect(await run(name)).toMatchObject({ state: 'succeeded', tenants_done, error: '' })
  }
  const file = shop.data.tenants.open(shop.tenant.id)
  file.connection.exec(
    `INSERT INTO stock_promises (item_id, site_id, organization_id, reserved)
     VALUES ('itm_x', 'loc_x', '${shop.tenant.organization_id}', 3)`,
  )
  const failed = await run('prove_whole_ledgers')
  expect(failed).toMatchObject({ state: 'failed', tenants_failed: 1 })
  expect(failed.failures[0]!.detail).toStartWith('The ledger does not agree, differences: 1.')
  const { last_run } = shop.data.platform.read(scope, (read) =>
    getSchedule(read, { name: 'prove_whole_ledgers' }),
  )
  expect(last_run?.id).toBe(failed.id)
})
