/** Brings every file to this release's schema. One that fails does not stop the others. */
import { latestVersion } from '../db/migrate.ts'
import { tenantIds } from '../replication/replication.ts'
import type { HouseCommand } from './command.ts'

export const migrate: HouseCommand = {
  name: 'migrate',
  summary: 'Bring the files of all tenants to the schema of this release.',
  settings: ['data'],
  place: 'house',
  async run(_, { data }, print) {
    let done = 0
    let failed = 0
    // Opening a file migrates it; platform.db was opened before anything else.
    for await (const tenant_id of tenantIds(data.path)) {
      try {
        data.tenants.open(tenant_id)
        done += 1
      } catch (error) {
        failed += 1
        print(`${tenant_id}: ${(error as Error).message}`)
      }
    }
    print(`platform.db has schema ${latestVersion('platform')}.`)
    print(`${done} tenants have schema ${latestVersion('tenant')}, ${failed} failed.`)
    return failed > 0 ? 1 : 0
  },
}
