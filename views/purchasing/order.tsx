/** One purchase order: its lines, what came of them, and what can be done now. */
import type { Html } from '../../src/kit/html.ts'
import type { PurchaseOrder, Receipt } from '../../src/purchasing/schema.ts'
import { ActionButton, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, PageHead, Steps } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { Id, Money, Quantity, Text, When } from '../ui/text.tsx'

interface Props {
  order: PurchaseOrder
  receipts: Receipt[]
  state: FormState
  may_write: boolean
  may_receive: boolean
}

const open = ['sent', 'partially_received']

export const OrderPage = ({ order, receipts, state, may_write, may_receive }: Props): Html => (
  <>
    <PageHead
      title={
        <>
          {order.number} <Status of={order.status} />
        </>
      }
      sub={order.supplier_name}
      crumbs={[['Purchase orders', '/purchase_orders']]}
    >
      {may_receive && open.includes(order.status) && (
        <LinkButton href={`/purchase_orders/${order.id}/receive`} kind="primary" icon="receive">
          Receive
        </LinkButton>
      )}
      {may_write && <Actions order={order} state={state} />}
    </PageHead>
    <Wrong state={state} />
    <Steps
      steps={['draft', 'sent', 'partially_received', 'received', 'closed']}
      current={order.status}
    />
    <Card title="Lines" flush>
      <Lines order={order} />
    </Card>
    <div class="columns">
      <Card title="Order">
        <Facts
          of={[
            ['Total', <Money value={order.total} />],
            ['Expected', <When at={order.expected_on} date_only />],
            ['Over-receipt', `${order.over_receipt_percent} %`],
            ["Supplier's number", <Text value={order.reference} />],
            ['Note', <Text value={order.note} />],
            ['Sent', <When at={order.sent_at} />],
            ['Id', <Id value={order.id} />],
          ]}
        />
      </Card>
      <Card title="Receipts" flush>
        <Receipts receipts={receipts} />
      </Card>
    </div>
  </>
)

const Actions = ({ order, state }: Pick<Props, 'order' | 'state'>): Html => {
  const action = (name: string) => `/purchase_orders/${order.id}/${name}`
  const { status, version } = order
  return (
    <>
      {status === 'draft' && (
        <ActionButton action={action('send')} state={state} version={version} kind="primary">
          Send to supplier
        </ActionButton>
      )}
      {['partially_received', 'received'].includes(status) && (
        <ActionButton action={action('close')} state={state} version={version}>
          Close
        </ActionButton>
      )}
      {['draft', 'sent'].includes(status) && (
        <ActionButton action={action('cancel')} state={state} version={version} kind="danger">
          Cancel
        </ActionButton>
      )}
    </>
  )
}

const Lines = ({ order }: Pick<Props, 'order'>): Html => (
  <Table
    rows={order.lines}
    columns={[
      {
        title: 'Item',
        cell: (line) => (
          <>
            <a class="row-link" href={`/stock/items/${line.item_id}`}>
              {line.sku}
            </a>
            <div class="small muted">{line.name}</div>
          </>
        ),
      },
      { title: 'Ordered', end: true, cell: (line) => <Quantity value={line.quantity} /> },
      { title: 'Received', end: true, cell: (line) => <Quantity value={line.received_quantity} /> },
      { title: 'Rejected', end: true, cell: (line) => <Quantity value={line.rejected_quantity} /> },
      {
        title: 'Outstanding',
        end: true,
        cell: (line) => <Quantity value={line.outstanding_quantity} />,
      },
      { title: 'Unit price', end: true, cell: (line) => <Money value={line.unit_price} /> },
    ]}
    empty={<></>}
  />
)

const Receipts = ({ receipts }: Pick<Props, 'receipts'>): Html => (
  <Table
    rows={receipts}
    columns={[
      { title: 'Received', cell: (receipt) => <When at={receipt.received_at} /> },
      { title: 'By', cell: (receipt) => receipt.received_by },
      { title: 'Delivery note', cell: (receipt) => <Text value={receipt.delivery_note} /> },
      {
        title: 'Goods',
        cell: (receipt) =>
          receipt.lines.map((line) => (
            <div>
              {line.quantity} × {line.sku} → {line.location_code}
              {line.lot_code && <span class="muted"> lot {line.lot_code}</span>}
            </div>
          )),
      },
      {
        title: '',
        cell: (receipt) => (receipt.reversed_by ? <Status of="cancelled" label="Reversed" /> : ''),
      },
    ]}
    empty={<p class="empty">Nothing has come yet.</p>}
  />
)
