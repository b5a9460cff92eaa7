/** Moving goods from one place to another: put away, set aside, brought back. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Field, Form, LinkButton, Wrong } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { chosen, GoodsFields, type GoodsFormProps } from './goods-fields.tsx'

const reasons = [
  ['putaway', 'Put away'],
  ['transfer', 'Moved'],
  ['quarantine', 'Set aside for inspection'],
  ['disposition', 'Inspected and put back'],
] as const

export const MovePage = (props: GoodsFormProps): Html => (
  <>
    <PageHead
      title="Move goods"
      sub="From one place to another at the same site: put away, set aside, brought back."
      crumbs={[['Stock', '/stock']]}
    >
      <LinkButton href="/transfers/new" icon="truck">
        To another site
      </LinkButton>
    </PageHead>
    <Wrong state={props.state} />
    {props.places.length < 2 ? (
      <Card>
        <Empty
          icon="pin"
          title="Nowhere to move to"
          action={
            <LinkButton href="/locations" kind="primary">
              Set up locations
            </LinkButton>
          }
        >
          Goods move between bins, docks and benches: add a few first.
        </Empty>
      </Card>
    ) : (
      <MoveForm {...props} />
    )}
  </>
)

const MoveForm = ({ state, places, skus, given }: GoodsFormProps): Html => (
  <Form action="/stock/move" state={state}>
    <Card title="Which goods">
      <GoodsFields state={state} skus={skus} given={given} />
    </Card>
    <Card title="From where to where">
      <div class="stack">
        <div class="row-of-fields">
          <Field
            name="lines.0.from_location_id"
            label="From"
            state={state}
            required
            value={given.get('from_location_id')}
            choices={chosen('Choose a place', places)}
          />
          <Field
            name="lines.0.to_location_id"
            label="To"
            state={state}
            required
            value={given.get('to_location_id')}
            choices={chosen('Choose a place', places)}
          />
          <Field
            name="lines.0.quantity"
            label="How many"
            state={state}
            required
            inputmode="decimal"
          />
        </div>
        <div class="row-of-fields">
          <Field name="reason" label="Why" state={state} required choices={reasons} />
          <Field name="note" label="Note" state={state} />
        </div>
      </div>
    </Card>
    <div class="actions">
      <Button kind="primary">Move</Button>
      <LinkButton kind="quiet" href="/stock">
        Cancel
      </LinkButton>
    </div>
  </Form>
)
