/** What a carrier reported about a parcel, newest first. */
import type { Html } from '../../src/kit/html.ts'
import type { Tracker } from '../../src/shipping/schema.ts'
import { Notice, Timeline } from '../ui/layout.tsx'
import { sentence } from '../ui/status.tsx'
import { When } from '../ui/text.tsx'

interface Props {
  tracker: Pick<Tracker, 'status' | 'estimated_delivery' | 'incident_reason' | 'events'> & {
    action_required?: boolean
  }
}

export const TrackingHistory = ({ tracker }: Props): Html => (
  <div class="stack">
    {tracker.estimated_delivery && tracker.status !== 'delivered' && (
      <p>
        Expected <When at={tracker.estimated_delivery} />
      </p>
    )}
    {tracker.action_required && (
      <Notice tone="warn">
        Somebody has to do something
        {tracker.incident_reason && `: ${sentence(tracker.incident_reason).toLowerCase()}`}.
      </Notice>
    )}
    {tracker.events.length === 0 ? (
      <p class="muted">The carrier has not reported anything yet.</p>
    ) : (
      <Timeline
        of={tracker.events.map((event) => ({
          at: event.occurred_at ?? event.local_time ?? null,
          title: sentence(event.status),
          detail: [event.description, event.location].filter(Boolean).join(' · '),
        }))}
      />
    )}
  </div>
)
