/** Takes an order down by hand. */
import type { Html } from '../../src/kit/html.ts'
import type { Item } from '../../src/catalog/schema.ts'
import type { Party } from '../../src/parties/schema.ts'
import { AddressFields } from '../ui/address.tsx'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, PageHead } from '../ui/layout.tsx'

interface Props {
  state: FormState
  customers: Party[]
  items: Item[]
}

/** Rows offered at once; a longer order is sent through the API or an import. */
const row_count = 5

export const OrderForm = ({ state, customers, items }: Props): Html => (
  <>
    <PageHead title="New order" crumbs={[['Orders', '/orders']]} />
    <Wrong state={state} />
    <Form action="/orders/new" state={state}>
      <Card title="What was bought">
        <div class="lines">
          {Array.from({ length: row_count }, (_, index) => (
            <Line index={index} state={state} items={items} />
          ))}
        </div>
      </Card>
      <Card title="Where it goes">
        <div class="stack">
          {customers.length > 0 && (
            <Field
              name="customer_id"
              label="Customer"
              state={state}
              choices={[
                ['', 'None: the address below'],
                ...customers.map(({ id, name }) => [id, name] as const),
              ]}
              hint="Without an address below it goes to the customer's own."
            />
          )}
          <AddressFields name="ship_to" state={state} />
        </div>
      </Card>
      <Card title="Terms">
        <Terms state={state} />
      </Card>
      <div class="actions">
        <Button kind="primary">Take the order down</Button>
        <LinkButton kind="quiet" href="/orders">
          Cancel
        </LinkButton>
      </div>
    </Form>
  </>
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

const Terms = ({ state }: { state: FormState }): Html => (
  <div class="stack">
    <div class="row-of-fields">
      <Field name="currency" label="Currency" state={state} value="USD" required />
      <Field name="ship_by" label="Ship by" state={state} type="date" />
      <Field
        name="priority"
        label="Priority"
        state={state}
        inputmode="numeric"
        value="0"
        hint="Higher is picked first, −100 to 100."
      />
    </div>
    <div class="row-of-fields">
      <Field
        name="backorder_policy"
        label="What is not there"
        state={state}
        required
        choices={[
          ['backorder', 'waits for goods'],
          ['refuse', 'stops the order from being placed'],
        ]}
      />
      <Field name="external_reference" label="Customer's number" state={state} />
      <Field name="note" label="Note" state={state} />
    </div>
  </div>
)
