/** A new return: which order, what of it, and why. */
import type { Html } from '../../src/kit/html.ts'
import type { Fulfilment } from '../../src/orders/fulfilment-schema.ts'
import type { SalesOrder } from '../../src/orders/schema.ts'
import { Button, errorOf, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Filters, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

interface Props {
  found: readonly SalesOrder[]
  fulfilment: Fulfilment | undefined
  url: URL
  reasons: readonly string[]
  state: FormState
}

type Content = Fulfilment['parcels'][number]['contents'][number]

export const AuthorizePage = ({ found, fulfilment, url, reasons, state }: Props): Html => (
  <>
    <PageHead
      title="New return"
      sub={fulfilment && `${fulfilment.order.number}, ${fulfilment.order.ship_to_name}`}
      crumbs={[['Returns', '/returns']]}
    />
    <Wrong state={state} />
    {fulfilment ? (
      <Goods fulfilment={fulfilment} reasons={reasons} state={state} />
    ) : (
      <Search found={found} url={url} />
    )}
  </>
)

const Search = ({ found, url }: Pick<Props, 'found' | 'url'>): Html => (
  <>
    <Filters
      url={url}
      filters={[{ name: 'search', label: 'Order', placeholder: 'SO-1042, or a name' }]}
    />
    <Card flush>
      <Table
        rows={found}
        columns={[
          {
            title: 'Order',
            cell: (order) => (
              <a class="row-link" href={`/returns/new?order=${order.id}`}>
                {order.number}
              </a>
            ),
          },
          { title: 'To', cell: (order) => order.ship_to_name },
          { title: 'Status', cell: (order) => <Status of={order.status} /> },
          { title: 'Placed', cell: (order) => <When at={order.placed_at} date_only /> },
        ]}
        empty={
          <Empty icon="back" title={url.search ? 'No such order' : 'Which order?'}>
            Type the number of the order, its number in your shop, or the beginning of the
            recipient's name.
          </Empty>
        }
      />
    </Card>
  </>
)

const Goods = ({
  fulfilment: { order, parcels },
  reasons,
  state,
}: Pick<Props, 'reasons' | 'state'> & { fulfilment: Fulfilment }): Html => {
  const gone = parcels.filter((parcel) => parcel.dispatched_at).flatMap(({ contents }) => contents)
  if (gone.length === 0) {
    return (
      <Card>
        <Empty
          icon="truck"
          title="Nothing has left yet"
          action={<LinkButton href={`/orders/${order.id}`}>To the order</LinkButton>}
        >
          Only what was shipped can come back: cancel the order, or what is packed of it, instead.
        </Empty>
      </Card>
    )
  }
  return (
    <Form action="/returns/new" state={state}>
      <input type="hidden" name="sales_order_id" value={order.id} />
      <Card title="What comes back">
        <div class="lines">
          {gone.map((content, index) => (
            <Line content={content} index={index} state={state} />
          ))}
        </div>
      </Card>
      <Card title="Why">
        <div class="row-of-fields">
          <Field
            name="reason"
            label="Reason"
            state={state}
            required
            choices={[
              ['', 'Choose'],
              ...reasons.map((reason) => [reason, sentence(reason)] as const),
            ]}
          />
          <Field name="note" label="Note" state={state} />
        </div>
      </Card>
      <div class="actions">
        <Button kind="primary">Authorize the return</Button>
        <LinkButton kind="quiet" href={`/orders/${order.id}`}>
          Cancel
        </LinkButton>
      </div>
    </Form>
  )
}

interface LineProps {
  content: Content
  index: number
  state: FormState
}

const Line = ({ content, index, state }: LineProps): Html => {
  const { line, sku, name, quantity, lot_code, serial_code } = content
  const field = (key: string, value: string | number | null) =>
    value !== null && <input type="hidden" name={`lines.${index}.${key}`} value={value} />
  return (
    <div class="line">
      {field('line', line)}
      {field('lot_code', lot_code)}
      {field('serial_code', serial_code)}
      <div>
        <strong>{sku}</strong>
        <div class="small muted">{name}</div>
        {lot_code && <div class="small muted">Lot {lot_code}</div>}
        {serial_code && <div class="small muted">Serial {serial_code}</div>}
        {errorOf(state, `lines.${index}`) && (
          <span class="error">{errorOf(state, `lines.${index}`)}</span>
        )}
      </div>
      <Field
        name={`lines.${index}.quantity`}
        label={`Comes back, of ${quantity}`}
        state={state}
        inputmode="decimal"
      />
    </div>
  )
}
