/** What a customer sees of a parcel: where it is and when it comes; nobody's name, no address. */
import type { Html } from '../../src/kit/html.ts'
import type { PublicTracking } from '../../src/shipping/schema.ts'
import { Card, Facts, Steps } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { When } from '../ui/text.tsx'
import { TrackingHistory } from './tracking-history.tsx'

const way = ['pending', 'picked_up', 'in_transit', 'out_for_delivery', 'delivered']

export const PublicTrackingPage = ({ tracking }: { tracking: PublicTracking }): Html => (
  <>
    <Card
      title={
        <>
          Your parcel <Status of={tracking.status} />
        </>
      }
    >
      <div class="stack">
        {way.includes(tracking.status) && <Steps steps={way} current={tracking.status} />}
        <Facts
          of={[
            ['From', tracking.sender],
            ['Carrier', tracking.carrier],
            ['Tracking number', <span class="mono">{tracking.tracking_number}</span>],
            tracking.delivered_at
              ? ['Delivered', <When at={tracking.delivered_at} />]
              : ['Expected', <When at={tracking.estimated_delivery} />],
          ]}
        />
      </div>
    </Card>
    <Card title="On its way">
      <TrackingHistory tracker={{ ...tracking, incident_reason: null }} />
    </Card>
  </>
)
