/** Deliveries of all endpoints; those that were given up are the dead letters. */
import type { Html } from '../../src/kit/html.ts'
import type { Delivery } from '../../src/webhooks/schema.ts'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table, type Column } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

const columns: readonly Column<Delivery>[] = [
  {
    title: 'Event',
    cell: ({ id, event_type }) => <a href={`/webhook-deliveries/${id}`}>{event_type}</a>,
  },
  { title: 'State', cell: (delivery) => <DeliveryStatus of={delivery} /> },
  { title: 'Attempts', cell: ({ attempt_count }) => attempt_count, end: true },
  { title: 'Last answer', cell: lastAnswer },
  { title: 'Queued', cell: ({ created_at }) => <When at={created_at} /> },
]

export const DeliveryStatus = ({ of }: { of: Delivery }): Html => {
  if (of.state === 'failed') return <Status of="failed" label="Given up" />
  if (of.state === 'succeeded') return <Status of="delivered" />
  return of.attempt_count > 0 ? <Status of="retrying" /> : <Status of="queued" />
}

function lastAnswer({ last_status_code, last_error }: Delivery): Html | string {
  if (last_status_code !== null) return String(last_status_code)
  return last_error ? <span class="small">{last_error}</span> : '—'
}

export const DeliveryTable = ({ rows }: { rows: readonly Delivery[] }): Html => (
  <Table
    rows={rows}
    columns={columns}
    empty={
      <Empty icon="hook" title="No deliveries here">
        As soon as something happens that an endpoint asked for, its delivery is listed here.
      </Empty>
    }
  />
)

interface DeliveriesProps {
  page: { data: Delivery[]; next_cursor: string | null }
  url: URL
}

export const deliveriesView = ({ page, url }: DeliveriesProps): Html => (
  <>
    <PageHead
      title={url.searchParams.get('state') === 'failed' ? 'Given up' : 'Deliveries'}
      sub="Ten attempts within about three days; then a delivery is given up and waits for a replay."
      crumbs={[['Webhooks', '/webhooks']]}
    />
    <Filters
      url={url}
      filters={[
        {
          name: 'state',
          label: 'State',
          choices: [
            ['pending', 'Waiting'],
            ['succeeded', 'Delivered'],
            ['failed', 'Given up'],
          ],
        },
        { name: 'event_type', label: 'Event', placeholder: 'item.created' },
      ]}
    />
    <Card flush>
      <DeliveryTable rows={page.data} />
      <Pager page={page} url={url} />
    </Card>
  </>
)
