/** Sales orders as a list. */
import type { Html } from '../../src/kit/html.ts'
import type { SalesOrder } from '../../src/orders/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Filters, Pager, Table, type Column } from '../ui/table.tsx'
import { Money, Text, When } from '../ui/text.tsx'

interface Props {
  page: { data: SalesOrder[]; next_cursor: string | null }
  url: URL
  statuses: readonly string[]
  may_write: boolean
}

export const OrdersPage = ({ page, url, statuses, may_write }: Props): Html => (
  <>
    <PageHead title="Orders" sub="What customers bought, and how far it is on its way.">
      {may_write && (
        <LinkButton href="/orders/new" kind="primary" icon="plus">
          New order
        </LinkButton>
      )}
    </PageHead>
    <Filters
      url={url}
      filters={[
        { name: 'search', label: 'Number, recipient or reference', placeholder: 'SO-' },
        {
          name: 'status',
          label: 'Status',
          choices: statuses.map((status) => [status, sentence(status)] as const),
        },
        { name: 'to_pick', label: 'Goods', choices: [['true', 'To be picked']] },
        {
          name: 'on_hold',
          label: 'Hold',
          choices: [
            ['true', 'On hold'],
            ['false', 'Not on hold'],
          ],
        },
      ]}
    />
    <Card flush>
      <Table
        rows={page.data}
        url={url}
        columns={columns}
        empty={<Nothing filtered={url.search !== ''} may_write={may_write} />}
      />
      <Pager page={page} url={url} />
    </Card>
  </>
)

const columns: readonly Column<SalesOrder>[] = [
  {
    title: 'Number',
    sort: 'number',
    cell: (order) => (
      <a class="row-link nowrap" href={`/orders/${order.id}`}>
        {order.number}
      </a>
    ),
  },
  { title: 'Ship to', cell: (order) => <Text value={order.ship_to_name} /> },
  { title: 'Status', cell: (order) => <States order={order} /> },
  { title: 'Ship by', cell: (order) => <When at={order.ship_by} date_only /> },
  { title: 'Lines', end: true, cell: (order) => order.lines.length },
  { title: 'Total', end: true, cell: (order) => <Money value={order.total} /> },
  {
    title: 'Made',
    sort: 'created_at',
    cell: (order) => <When at={order.created_at} date_only />,
  },
]

/** The status with what stands in its way. */
export const States = ({ order }: { order: SalesOrder }): Html => (
  <span class="states">
    <Status of={order.status} />
    {order.on_hold && <Status of="on_hold" />}
    {order.backordered && <Status of="backordered" label="Waits for goods" />}
  </span>
)

const Nothing = ({ filtered, may_write }: { filtered: boolean; may_write: boolean }): Html => (
  <Empty
    icon="list"
    title={filtered ? 'Nothing fits these filters' : 'No orders yet'}
    action={
      may_write && (
        <LinkButton href="/orders/new" kind="primary">
          Take an order down
        </LinkButton>
      )
    }
  >
    An order reserves goods when it is placed. Then it is picked, packed into parcels, and leaves
    with a label. Channels send theirs through the API; you can take one down by hand.
  </Empty>
)
