/** One parcel on its way: everything its carrier said. */
import type { Html } from '../../src/kit/html.ts'
import type { Tracker } from '../../src/shipping/schema.ts'
import { ActionButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Id, Text, When } from '../ui/text.tsx'
import { TrackingHistory } from './tracking-history.tsx'

interface Props {
  tracker: Tracker
  carrier: string
  public_path: string
  state: FormState
  may_write: boolean
}

export const TrackerPage = ({ tracker, carrier, public_path, state, may_write }: Props): Html => (
  <>
    <PageHead
      title={
        <>
          {tracker.tracking_number} <Status of={tracker.status} />
        </>
      }
      sub={carrier}
      crumbs={[['Tracking', '/trackers']]}
    >
      {may_write && (
        <ActionButton action={`/trackers/${tracker.id}/refresh`} state={state} kind="primary">
          Ask the carrier now
        </ActionButton>
      )}
    </PageHead>
    <Wrong state={state} />
    <div class="with-aside">
      <Card title="On its way">
        <TrackingHistory tracker={tracker} />
      </Card>
      <Card title="About">
        <Facts
          of={[
            [
              'Shipment',
              tracker.shipment_id ? (
                <a href={`/shipments/${tracker.shipment_id}`}>Open</a>
              ) : (
                'not shipped from here'
              ),
            ],
            ['Delivered', <When at={tracker.delivered_at} />],
            ['Signed by', <Text value={tracker.signed_by} />],
            ['Last asked', <When at={tracker.last_asked_at} />],
            ['For the customer', <a href={public_path}>Tracking page</a>],
            ["Carrier's page", <CarrierLink url={tracker.tracking_url} />],
            ['Id', <Id value={tracker.id} />],
          ]}
        />
      </Card>
    </div>
  </>
)

const CarrierLink = ({ url }: { url: string | null }): Html =>
  url && /^https?:\/\//.test(url) ? (
    <a href={url} rel="noopener noreferrer" target="_blank">
      Open
    </a>
  ) : (
    <Text value={null} />
  )
