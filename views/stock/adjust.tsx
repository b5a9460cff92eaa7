/** Correcting stock: more or less of an item in one place, and why. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Field, Form, LinkButton, Wrong } from '../ui/form.tsx'
import { Card, PageHead } from '../ui/layout.tsx'
import { chosen, GoodsFields, type GoodsFormProps } from './goods-fields.tsx'

interface Props extends GoodsFormProps {
  reasons: readonly (readonly [code: string, name: string])[]
}

export const AdjustPage = ({ state, places, skus, given, reasons }: Props): Html => (
  <>
    <PageHead
      title="Adjust stock"
      sub="For what no order brings or takes: damage, theft, something found, opening stock."
      crumbs={[['Stock', '/stock']]}
    />
    <Wrong state={state} />
    <Form action="/stock/adjust" state={state}>
      <Card title="Which goods">
        <GoodsFields state={state} skus={skus} given={given} />
      </Card>
      <Card title="What changes">
        <div class="stack">
          <div class="row-of-fields">
            <Field
              name="reason"
              label="Reason"
              state={state}
              required
              value={given.get('reason') ?? 'correction'}
              choices={reasons}
            />
            <Field
              name="lines.0.location_id"
              label="Where"
              state={state}
              required
              value={given.get('location_id')}
              choices={chosen('Choose a place', places)}
            />
            <Field
              name="lines.0.quantity"
              label="Change"
              state={state}
              required
              inputmode="text"
              placeholder="-3"
              hint="-3 takes three away, 3 adds three."
            />
          </div>
          <Field name="note" label="Note" state={state} hint="Stays with the posting for good." />
        </div>
      </Card>
      <div class="actions">
        <Button kind="primary">Adjust</Button>
        <LinkButton kind="quiet" href="/stock">
          Cancel
        </LinkButton>
      </div>
    </Form>
  </>
)
