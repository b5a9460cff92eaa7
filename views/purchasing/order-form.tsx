/** A new order to a supplier. */
import type { Html } from '../../src/kit/html.ts'
import type { Item } from '../../src/catalog/schema.ts'
import type { Party } from '../../src/parties/schema.ts'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'

interface Props {
  state: FormState
  suppliers: Party[]
  items: Item[]
}

/** Rows offered at once; a longer order is sent through the API or an import. */
const row_count = 6

export const OrderForm = ({ state, suppliers, items }: Props): Html => (
  <>
    <PageHead title="New purchase order" crumbs={[['Purchase orders', '/purchase_orders']]} />
    <Wrong state={state} />
    {suppliers.length === 0 ? (
      <Card>
        <Empty
          icon="people"
          title="No suppliers yet"
          action={
            <LinkButton href="/suppliers/new" kind="primary">
              Add a supplier
            </LinkButton>
          }
        >
          An order goes to a supplier: add the first one.
        </Empty>
      </Card>
    ) : (
      <Form action="/purchase_orders/new" state={state}>
        <Card title="Order">
          <Head state={state} suppliers={suppliers} />
        </Card>
        <Card title="Lines">
          <div class="lines">
            {Array.from({ length: row_count }, (_, index) => (
              <Line index={index} state={state} items={items} />
            ))}
          </div>
        </Card>
        <div class="actions">
          <Button kind="primary">Draft the order</Button>
          <LinkButton kind="quiet" href="/purchase_orders">
            Cancel
          </LinkButton>
        </div>
      </Form>
    )}
  </>
)

const Head = ({ state, suppliers }: Pick<Props, 'state' | 'suppliers'>): Html => (
  <div class="stack">
    <div class="row-of-fields">
      <Field
        name="supplier_id"
        label="Supplier"
        state={state}
        required
        choices={suppliers.map((party) => [party.id, party.name] as const)}
      />
      <Field name="currency" label="Currency" state={state} value="USD" required />
      <Field name="expected_on" label="Expected" state={state} type="date" />
    </div>
    <div class="row-of-fields">
      <Field name="reference" label="Supplier's number" state={state} />
      <Field
        name="over_receipt_percent"
        label="Over-receipt, %"
        state={state}
        inputmode="numeric"
        value="0"
        hint="How much more than ordered may be received."
      />
      <Field name="note" label="Note" state={state} />
    </div>
  </div>
)

const Line = ({
  index,
  state,
  items,
}: {
  index: number
  state: FormState
  items: Item[]
}): Html => (
  <div class="line">
    <Field
      name={`lines.${index}.sku`}
      label="Sku"
      state={state}
      required={index === 0}
      suggestions={items.map((item) => item.sku)}
    />
    <Field
      name={`lines.${index}.quantity`}
      label="Quantity"
      state={state}
      inputmode="decimal"
      required={index === 0}
    />
    <Field name={`lines.${index}.price`} label="Unit price" state={state} inputmode="decimal" />
  </div>
)
