/** Tells a customer who has the link where the parcel is: no sign-in, no names, no addresses. */
import { getCarrier } from '../carriers/registry.ts'
import type { TrackingEvent, TrackingStatus } from '../carriers/tracking.ts'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import type { Read } from '../db/session.ts'
import { isId } from '../kit/id.ts'
import { notFound } from '../kit/problem.ts'
import { tenantState } from '../tenants/state.ts'
import type { PublicTracking } from './schema.ts'
import { findTrackerOfAnybody, trackingEvents } from './store-trackers.ts'

/**
 * The id of a tracker is long enough that nobody guesses one: who has it was given it. What carriers
 * write in their own words, where they scanned and who signed is left out: it can name people.
 * @throws Problem `not_found`
 */
export function trackInPublic(
  data: DataFolder,
  tenant_id: string,
  tracker_id: string,
): PublicTracking {
  const tenant = isId('ten', tenant_id) ? tenantState(data, tenant_id) : undefined
  const tracking =
    tenant && isId('trk', tracker_id)
      ? data.tenants
          .at(tenant_id)
          .read(systemScope('tracking page', '', tenant_id), (read) => look(read, tracker_id))
      : undefined
  if (!tenant || !tracking) throw notFound('parcel', tracker_id)
  return { sender: tenant.name, ...tracking }
}

function look(read: Read, id: string): Omit<PublicTracking, 'sender'> | undefined {
  const row = findTrackerOfAnybody(read, id)
  if (!row) return undefined
  return {
    carrier: getCarrier(row.carrier_id).name,
    tracking_number: row.tracking_number,
    status: row.status as TrackingStatus,
    estimated_delivery: row.estimated_delivery,
    delivered_at: row.delivered_at,
    events: trackingEvents(read, id).map((text) => {
      const { code, status, occurred_at, local_time } = JSON.parse(text) as TrackingEvent
      return {
        code,
        status,
        ...(occurred_at && { occurred_at }),
        ...(local_time && { local_time }),
      }
    }),
  }
}
