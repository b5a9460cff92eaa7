/** What shipping needs done by the clock: purchases in doubt are settled, parcels are asked after. */
import type { TenantFile } from '../db/tenant-files.ts'
import { systemScope } from '../db/scope.ts'
import { openOutward, type Outward } from '../operations/outward.ts'
import type { RunContext, Schedule } from '../schedule/schedule.ts'
import { settleAll } from './settle.ts'
import { trackDue } from './track.ts'

const outwardIn =
  (context: RunContext, { tenant_id }: TenantFile) =>
  (organization_id: string): Outward =>
    openOutward(context, tenant_id, systemScope('shipping', organization_id, tenant_id))

export const settlePurchases: Schedule = {
  name: 'settle_purchases',
  summary: 'Asks carriers about purchases whose answer was lost.',
  cron: '*/5 * * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run(context) {
    let asked = 0
    await context.eachTenant(async (file) => {
      asked += await settleAll(outwardIn(context, file), (id, err) =>
        context.log.warn({ err, shipment_id: id }, 'a purchase could not be settled'),
      )
    })
    return { asked }
  },
}

export const trackParcels: Schedule = {
  name: 'track_parcels',
  summary: 'Asks carriers where parcels are: more often near the door, less before pick-up.',
  cron: '*/15 * * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run(context) {
    let asked = 0
    await context.eachTenant(async (file) => {
      asked += await trackDue(outwardIn(context, file), (id, err) =>
        context.log.warn({ err, tracker_id: id }, 'a parcel could not be asked after'),
      )
    })
    return { asked }
  },
}

export const schedules: readonly Schedule[] = [settlePurchases, trackParcels]
