/** The tracking board: every parcel under way, those that need somebody first to be seen. */
import type { Html } from '../../src/kit/html.ts'
import type { CarrierConnection, Tracker } from '../../src/shipping/schema.ts'
import { Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Filters, Pager, Table, type Column } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

interface Props {
  page: { data: Tracker[]; next_cursor: string | null }
  url: URL
  statuses: readonly string[]
  carriers: ReadonlyMap<string, string>
  connections: CarrierConnection[]
  state: FormState
  may_write: boolean
}

export const TrackersPage = (props: Props): Html => {
  const { page, url, statuses, carriers, connections, state, may_write } = props
  return (
    <>
      <PageHead title="Tracking" sub="Where every parcel is, as its carrier says." />
      <Wrong state={state} />
      <Filters
        url={url}
        filters={[
          { name: 'tracking_number', label: 'Tracking number', placeholder: '1Z' },
          {
            name: 'status',
            label: 'Status',
            choices: statuses.map((status) => [status, sentence(status)] as const),
          },
          {
            name: 'action_required',
            label: 'Needs somebody',
            choices: [
              ['true', 'Yes'],
              ['false', 'No'],
            ],
          },
        ]}
      />
      <Card flush>
        <Table
          rows={page.data}
          url={url}
          columns={columns(carriers)}
          empty={
            <Empty
              icon="track"
              title={url.search ? 'Nothing fits these filters' : 'No parcel is followed yet'}
            >
              Each label that is bought here is followed by itself. A number of a parcel that was
              shipped elsewhere can be followed too.
            </Empty>
          }
        />
        <Pager page={page} url={url} />
      </Card>
      {may_write && connections.length > 0 && (
        <Card title="Follow a parcel that was not shipped from here">
          <Follow connections={connections} state={state} />
        </Card>
      )}
    </>
  )
}

const columns = (carriers: ReadonlyMap<string, string>): readonly Column<Tracker>[] => [
  {
    title: 'Tracking number',
    cell: ({ id, tracking_number }) => (
      <a class="row-link mono" href={`/trackers/${id}`}>
        {tracking_number}
      </a>
    ),
  },
  {
    title: 'Status',
    cell: ({ status, action_required }) => (
      <span class="states">
        <Status of={status} />
        {action_required && <Status of="action_required" label="Needs somebody" />}
      </span>
    ),
  },
  { title: 'Carrier', cell: ({ carrier_id }) => carriers.get(carrier_id) ?? carrier_id },
  {
    title: 'Last report',
    cell: ({ events: [last] }) => <When at={last?.occurred_at ?? last?.local_time} />,
  },
  {
    title: 'Expected',
    cell: ({ estimated_delivery }) => <When at={estimated_delivery} date_only />,
  },
  {
    title: 'Followed since',
    sort: 'created_at',
    cell: ({ created_at }) => <When at={created_at} date_only />,
  },
]

const Follow = ({
  connections,
  state,
}: {
  connections: CarrierConnection[]
  state: FormState
}): Html => (
  <Form action="/trackers" state={state}>
    <div class="row-of-fields">
      <Field name="tracking_number" label="Tracking number" state={state} required />
      <Field
        name="connection_id"
        label="Carrier"
        state={state}
        required
        choices={connections.map(({ id, name }) => [id, name] as const)}
      />
    </div>
    <div>
      <Button>Follow</Button>
    </div>
  </Form>
)
