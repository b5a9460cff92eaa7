/** How the operator corrects what was counted of one business. */
import type { Html } from '../../src/kit/html.ts'
import { meters } from '../../src/kit/terms.ts'
import { Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'
import { meter_choices } from './figures.tsx'

const counters = meter_choices.filter(
  ([name]) => meters[name as keyof typeof meters].kind === 'counter',
)

export const Corrections = ({ action, state }: { action: string; state: FormState }): Html => (
  <Card title="Correct">
    <div class="stack">
      <Wrong state={state} shown={['meter', 'quantity', 'reason', 'day']} />
      <p class="small muted">
        Nothing is changed or removed: another line is added, with your name, and the business sees
        it.
      </p>
      <Form action={action} state={state}>
        <Field name="meter" label="What" state={state} choices={counters} required />
        <Field
          name="quantity"
          label="How much"
          type="number"
          state={state}
          required
          hint="Below zero takes away."
        />
        <Field
          name="day"
          label="Of the day"
          type="date"
          state={state}
          hint="Today unless told. Of a period that is over, it counts there and is marked as late."
        />
        <Field name="reason" label="Why" state={state} required minlength={10} />
        <Button kind="primary">Add the correction</Button>
      </Form>
    </div>
  </Card>
)
