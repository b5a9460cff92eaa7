/** Receiving at the dock: what came, where it was put, lots and serials as they are on the goods. */
import type { Html } from '../../src/kit/html.ts'
import type { Location } from '../../src/locations/schema.ts'
import type { PurchaseOrder } from '../../src/purchasing/schema.ts'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, PageHead } from '../ui/layout.tsx'

type Tracking = 'none' | 'lot' | 'serial'

interface Props {
  order: PurchaseOrder
  places: Location[]
  tracking: Map<string, Tracking>
  state: FormState
}

export const ReceivePage = ({ order, places, tracking, state }: Props): Html => (
  <>
    <PageHead
      title={`Receive ${order.number}`}
      sub={order.supplier_name}
      crumbs={[
        ['Purchase orders', '/purchase_orders'],
        [order.number, `/purchase_orders/${order.id}`],
      ]}
    />
    <Wrong state={state} />
    <Form action={`/purchase_orders/${order.id}/receive`} state={state}>
      {order.lines
        .filter((line) => line.outstanding_quantity !== '0')
        .map((line, index) => (
          <Card title={`${line.sku} · ${line.name}`}>
            <input type="hidden" name={`lines.${index}.line`} value={line.line} />
            <Line
              index={index}
              line={line}
              places={places}
              tracking={tracking.get(line.item_id) ?? 'none'}
              state={state}
            />
          </Card>
        ))}
      <Card>
        <Field name="delivery_note" label="Delivery note number" state={state} />
      </Card>
      <div class="actions">
        <Button kind="primary" large icon="receive">
          Receive
        </Button>
        <LinkButton kind="quiet" href={`/purchase_orders/${order.id}`}>
          Back
        </LinkButton>
      </div>
    </Form>
  </>
)

interface LineProps {
  index: number
  line: PurchaseOrder['lines'][number]
  places: Location[]
  tracking: Tracking
  state: FormState
}

const Line = ({ index, line, places, tracking, state }: LineProps): Html => (
  <div class="stack">
    <div class="row-of-fields">
      {tracking !== 'serial' && (
        <Field
          name={`lines.${index}.quantity`}
          label={`Came, of ${line.outstanding_quantity}`}
          state={state}
          inputmode="decimal"
          value={line.outstanding_quantity}
        />
      )}
      <Field
        name={`lines.${index}.rejected_quantity`}
        label="Rejected"
        state={state}
        inputmode="decimal"
        hint="Not counted on the left: it goes to quarantine."
      />
      <Field
        name={`lines.${index}.location_id`}
        label="Put into"
        state={state}
        required
        choices={places.map(
          ({ id, code, name }) => [id, name === code ? code : `${code} ${name}`] as const,
        )}
      />
    </div>
    {tracking === 'lot' && (
      <div class="row-of-fields">
        <Field name={`lines.${index}.lot_code`} label="Lot" state={state} required />
        <Field name={`lines.${index}.expires_on`} label="Expires" state={state} type="date" />
      </div>
    )}
    {tracking === 'serial' && (
      <Field
        name={`lines.${index}.serials`}
        label="Serial numbers"
        state={state}
        rows={3}
        hint="One a line: scan them one after the other."
      />
    )}
  </div>
)
