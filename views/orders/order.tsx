/** One order: its lines, its parcels, what happened, and what can be done now. */
import type { Html } from '../../src/kit/html.ts'
import type { Event } from '../../src/events/schema.ts'
import type { Fulfilment } from '../../src/orders/fulfilment-schema.ts'
import type { SalesOrder } from '../../src/orders/schema.ts'
import { Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead, Steps, Timeline } from '../ui/layout.tsx'
import { sentence } from '../ui/status.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { AddressLines, Id, Money, Quantity, Text, When } from '../ui/text.tsx'
import { OrderActions, type Rights } from './order-actions.tsx'
import { States } from './orders.tsx'
import { Parcels } from './parcels.tsx'

interface Props {
  fulfilment: Fulfilment
  history: Event[]
  state: FormState
  rights: Rights
}

const way = ['draft', 'placed', 'allocated', 'picking', 'packed', 'shipped', 'delivered']

export const OrderPage = ({ fulfilment, history, state, rights }: Props): Html => {
  const { order, parcels } = fulfilment
  return (
    <>
      <PageHead
        title={
          <>
            {order.number} <States order={order} />
          </>
        }
        sub={order.ship_to_name}
        crumbs={[['Orders', '/orders']]}
      >
        <OrderActions fulfilment={fulfilment} state={state} rights={rights} />
      </PageHead>
      <Wrong state={state} />
      {order.on_hold && <Notice tone="warn">On hold: {order.hold_reason}</Notice>}
      <Steps steps={way} current={order.status} />
      <Card title="Lines" flush>
        <Table rows={order.lines} columns={lineColumns} empty={<></>} />
      </Card>
      {parcels.length > 0 && (
        <Card title="Parcels" flush>
          <Parcels fulfilment={fulfilment} state={state} may_pack={rights.may_pack} />
        </Card>
      )}
      <div class="columns">
        <Card title="Order">
          <OrderFacts order={order} />
        </Card>
        <div>
          <Card title="Ship to">
            <AddressLines address={order.ship_to} />
          </Card>
          <Card title="History">
            <Timeline of={history.map(toHappening)} />
          </Card>
        </div>
      </div>
    </>
  )
}

/** A zero says little among figures: it shows as a dash. */
const some = (quantity: string): Html =>
  quantity === '0' ? <Text value={null} /> : <Quantity value={quantity} />

const lineColumns: readonly Column<SalesOrder['lines'][number]>[] = [
  {
    title: 'Item',
    cell: (line) => (
      <div>
        <a class="row-link" href={`/stock/items/${line.item_id}`}>
          {line.sku}
        </a>
        <div class="small muted">{line.name}</div>
      </div>
    ),
  },
  { title: 'Ordered', end: true, cell: (line) => <Quantity value={line.quantity} /> },
  { title: 'Waits', end: true, cell: (line) => some(line.backordered_quantity) },
  { title: 'Allocated', end: true, cell: (line) => some(line.allocated_quantity) },
  { title: 'Picked', end: true, cell: (line) => some(line.picked_quantity) },
  { title: 'Packed', end: true, cell: (line) => some(line.packed_quantity) },
  { title: 'Shipped', end: true, cell: (line) => some(line.shipped_quantity) },
  { title: 'Unit price', end: true, cell: (line) => <Money value={line.unit_price} /> },
]

const OrderFacts = ({ order }: { order: SalesOrder }): Html => (
  <Facts
    of={[
      ['Total', <Money value={order.total} />],
      ['Ship by', <When at={order.ship_by} date_only />],
      ['Priority', order.priority],
      [
        'Shortage',
        order.backorder_policy === 'backorder' ? 'waits for goods' : 'is refused when placed',
      ],
      ['Channel', order.source],
      ["Customer's number", <Text value={order.external_reference} />],
      ['Note', <Text value={order.note} />],
      ['Placed', <When at={order.placed_at} />],
      ['Shipments', <a href={`/shipments?order_id=${order.id}`}>All of this order</a>],
      ['Id', <Id value={order.id} />],
    ]}
  />
)

const toHappening = ({ type, occurred_at }: Event) => ({
  at: occurred_at,
  title: sentence(type.slice(type.indexOf('.') + 1)),
})
