/** The two forms on a return's own page: taking goods in, and closing it with what was paid back. */
import type { Html } from '../../src/kit/html.ts'
import { subtractQuantity } from '../../src/kit/quantity.ts'
import type { Return } from '../../src/returns/schema.ts'
import { Button, Field, Form, type FormState } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'

interface Props {
  back: Return
  state: FormState
}

export const ReceiveForm = ({ back, state }: Props): Html => (
  <Card title="What came">
    <Form action={`/returns/${back.id}/receive`} state={state}>
      <div class="lines">
        {back.lines.map((line, index) => {
          const missing = subtractQuantity(line.quantity, line.received_quantity)
          if (missing === '0') return <></>
          return (
            <div class="line">
              <input type="hidden" name={`lines.${index}.line`} value={line.line} />
              <div>
                <strong>{line.sku}</strong>
                <div class="small muted">{line.name}</div>
              </div>
              <Field
                name={`lines.${index}.quantity`}
                label={`Came, of ${missing}`}
                state={state}
                inputmode="decimal"
                value={missing}
              />
            </div>
          )
        })}
      </div>
      <div class="actions">
        <Button kind="primary" icon="receive">
          Take in
        </Button>
      </div>
    </Form>
  </Card>
)

export const CloseForm = ({ back, state, currency }: Props & { currency: string }): Html => (
  <Card title="Close it">
    <Form action={`/returns/${back.id}/close`} state={state} version={back.version}>
      <input type="hidden" name="currency" value={currency} />
      <div class="row-of-fields">
        <Field
          name="refund"
          label={`Paid back, ${currency}`}
          state={state}
          inputmode="decimal"
          hint="Leave it empty when nothing was paid back."
        />
        <Field
          name="refund_reference"
          label="The refund's number"
          state={state}
          hint="As your payment provider calls it."
        />
      </div>
      <div class="actions">
        <Button kind="primary" icon="check">
          Close the return
        </Button>
      </div>
    </Form>
  </Card>
)
