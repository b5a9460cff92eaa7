/** One return: what is expected, what came, what became of it, and what can be done now. */
import type { Html } from '../../src/kit/html.ts'
import { subtractQuantity } from '../../src/kit/quantity.ts'
import type { Return } from '../../src/returns/schema.ts'
import type { Shipment } from '../../src/shipping/schema.ts'
import { ActionButton, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, PageHead, Steps } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { Id, Money, Quantity, Text, When } from '../ui/text.tsx'
import { CloseForm, ReceiveForm } from './steps.tsx'

interface Rights {
  may_write: boolean
  may_receive: boolean
  may_inspect: boolean
  may_label: boolean
}

interface Props {
  back: Return
  /** The way back, when a label was made for it. */
  shipment: Shipment | undefined
  /** Of the order: refunds are paid in it. */
  currency: string
  state: FormState
  rights: Rights
}

const way = ['authorized', 'partially_received', 'received', 'inspected', 'closed']
const expected = ['authorized', 'partially_received']

export const ReturnPage = ({ back, shipment, currency, state, rights }: Props): Html => (
  <>
    <PageHead
      title={
        <>
          {back.number} <Status of={back.status} />
        </>
      }
      sub={back.customer_name}
      crumbs={[['Returns', '/returns']]}
    >
      <Actions back={back} shipment={shipment} state={state} rights={rights} />
    </PageHead>
    <Wrong state={state} />
    <Steps steps={way} current={back.status} />
    <Card title="Goods" flush>
      <Lines back={back} />
    </Card>
    {rights.may_receive && expected.includes(back.status) && (
      <ReceiveForm back={back} state={state} />
    )}
    {rights.may_write && back.status === 'inspected' && (
      <CloseForm back={back} currency={currency} state={state} />
    )}
    <div class="with-aside">
      <Card title="What became of it" flush>
        <Decisions back={back} />
      </Card>
      <Card title="Return">
        <ReturnFacts back={back} shipment={shipment} />
      </Card>
    </div>
  </>
)

/** Goods that came and were not looked at yet. */
export const waiting = (line: Return['lines'][number]): string =>
  subtractQuantity(line.received_quantity, line.inspected_quantity)

const Actions = ({ back, shipment, state, rights }: Omit<Props, 'currency'>): Html => {
  const { id, status, version, lines } = back
  const to_inspect = lines.some((line) => waiting(line) !== '0')
  const labelled = shipment && shipment.status !== 'cancelled'
  return (
    <>
      {rights.may_inspect && to_inspect && (
        <LinkButton href={`/returns/${id}/inspect`} kind="primary" icon="check">
          Inspect
        </LinkButton>
      )}
      {rights.may_label && status === 'authorized' && !labelled && (
        <LinkButton href={`/returns/${id}/label`} icon="truck">
          Label for the customer
        </LinkButton>
      )}
      {rights.may_write && status === 'authorized' && (
        <ActionButton
          action={`/returns/${id}/cancel`}
          state={state}
          version={version}
          kind="danger"
        >
          Call off
        </ActionButton>
      )}
    </>
  )
}

const Lines = ({ back }: Pick<Props, 'back'>): Html => (
  <Table
    rows={back.lines}
    columns={[
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
      {
        title: 'Lot or serial',
        cell: (line) => <Text value={line.serial_code ?? line.lot_code} />,
      },
      { title: 'Expected', end: true, cell: (line) => <Quantity value={line.quantity} /> },
      { title: 'Came', end: true, cell: (line) => <Quantity value={line.received_quantity} /> },
      {
        title: 'Inspected',
        end: true,
        cell: (line) => <Quantity value={line.inspected_quantity} />,
      },
    ]}
    empty={<></>}
  />
)

const Decisions = ({ back }: Pick<Props, 'back'>): Html => (
  <Table
    rows={back.dispositions}
    columns={[
      {
        title: 'Item',
        cell: ({ line }) => back.lines.find((each) => each.line === line)?.sku ?? line,
      },
      {
        title: 'Decision',
        cell: ({ disposition, posting_id }) => (
          <a href={`/stock/postings/${posting_id}`}>{sentence(disposition)}</a>
        ),
      },
      { title: 'Quantity', end: true, cell: ({ quantity }) => <Quantity value={quantity} /> },
      { title: 'Note', cell: ({ note }) => <Text value={note} /> },
      { title: 'By', cell: ({ decided_by }) => decided_by },
      { title: 'When', cell: ({ decided_at }) => <When at={decided_at} /> },
    ]}
    empty={<p class="empty">Nobody has looked at it yet.</p>}
  />
)

const ReturnFacts = ({ back, shipment }: Pick<Props, 'back' | 'shipment'>): Html => (
  <Facts
    of={[
      ['Order', <a href={`/orders/${back.sales_order_id}`}>{back.order_number}</a>],
      ['Reason', sentence(back.reason)],
      ['Note', <Text value={back.note} />],
      [
        'On its way',
        shipment ? (
          <a href={`/shipments/${shipment.id}`}>
            {shipment.tracking_number ?? sentence(shipment.status)}
          </a>
        ) : (
          <Text value={null} />
        ),
      ],
      ['Refund', <Money value={back.refund} />],
      ["The refund's number", <Text value={back.refund_reference} />],
      ['Made', <When at={back.created_at} />],
      ['Closed', <When at={back.closed_at} />],
      ['Id', <Id value={back.id} />],
    ]}
  />
)
