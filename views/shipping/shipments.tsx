/** Shipments as a list, by where they stand. */
import type { Html } from '../../src/kit/html.ts'
import type { Shipment } from '../../src/shipping/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, PageHead, Tabs } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table, withQuery, type Column } from '../ui/table.tsx'
import { Money, Text, When } from '../ui/text.tsx'

interface Props {
  page: { data: Shipment[]; next_cursor: string | null }
  url: URL
  /** Id → what people call the carrier. */
  carriers: ReadonlyMap<string, string>
  may_write: boolean
}

/** What is to be done with them, and where it ends. */
const tabs = [
  ['All', {}],
  ['To buy', { stage: 'to_buy' }],
  ['Under way', { stage: 'under_way' }],
  ['In trouble', { stage: 'in_trouble' }],
  ['Delivered', { status: 'delivered' }],
  ['Cancelled', { status: 'cancelled' }],
] as const satisfies readonly [string, { stage?: string; status?: string }][]

export const ShipmentsPage = ({ page, url, carriers, may_write }: Props): Html => {
  const at = (wanted: { stage?: string; status?: string }) =>
    withQuery(url, { stage: undefined, status: undefined, ...wanted, cursor: undefined })
  return (
    <>
      <PageHead title="Shipments" sub="From the first rate to the door.">
        {may_write && (
          <LinkButton href="/shipments/new" kind="primary" icon="plus">
            New shipment
          </LinkButton>
        )}
      </PageHead>
      <Tabs
        tabs={tabs.map(([label, wanted]) => [label, at(wanted)] as const)}
        current={withQuery(url, { cursor: undefined })}
      />
      <Filters
        url={url}
        kept={['stage', 'status', 'order_id']}
        filters={[
          { name: 'tracking_number', label: 'Tracking number', placeholder: '1Z' },
          { name: 'carrier_id', label: 'Carrier', choices: [...carriers] },
          { name: 'created_from', label: 'Made from', type: 'date' },
          { name: 'created_to', label: 'Until', type: 'date' },
        ]}
      />
      <Card flush>
        <Table
          rows={page.data}
          url={url}
          columns={columns(carriers)}
          empty={<Nothing filtered={url.search !== ''} />}
        />
        <Pager page={page} url={url} />
      </Card>
    </>
  )
}

const columns = (carriers: ReadonlyMap<string, string>): readonly Column<Shipment>[] => [
  {
    title: 'Recipient',
    cell: ({ id, recipient }) => (
      <div>
        <a class="row-link" href={`/shipments/${id}`}>
          {recipient.company_name ?? recipient.person_name ?? recipient.city ?? 'Shipment'}
        </a>
        <div class="small muted">
          {[recipient.city, recipient.country_code].filter(Boolean).join(', ')}
        </div>
      </div>
    ),
  },
  {
    title: 'Status',
    cell: ({ status, is_return }) => (
      <span class="states">
        <Status of={status} />
        {is_return && <Status of="none" label="Return" />}
      </span>
    ),
  },
  {
    title: 'Carrier',
    cell: ({ carrier_id }) => (
      <Text value={carrier_id && (carriers.get(carrier_id) ?? carrier_id)} />
    ),
  },
  {
    title: 'Tracking number',
    cell: ({ tracking_number }) =>
      tracking_number ? <span class="mono">{tracking_number}</span> : <Text value={null} />,
  },
  { title: 'Parcels', end: true, cell: ({ parcels }) => parcels.length },
  { title: 'Charge', end: true, cell: ({ charge }) => <Money value={charge} /> },
  {
    title: 'Made',
    sort: 'created_at',
    cell: ({ created_at }) => <When at={created_at} date_only />,
  },
]

const Nothing = ({ filtered }: { filtered: boolean }): Html => (
  <Empty
    icon="truck"
    title={filtered ? 'Nothing fits these filters' : 'Nothing shipped yet'}
    action={<LinkButton href="/orders?status=packed">Packed orders</LinkButton>}
  >
    A packed order becomes a shipment with its button “Ship”: carriers are asked for their rates,
    and buying the label lets its stock leave. A parcel without an order is shipped with “New
    shipment”.
  </Empty>
)
