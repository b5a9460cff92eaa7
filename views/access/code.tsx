/** The second half of sign-in: a code of the generator, or one of those kept for a rainy day. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'

export const codeView = ({ action, state }: { action: string; state: FormState }): Html => (
  <Card>
    <div class="stack">
      <h1>One more step</h1>
      <Wrong state={state} shown={['code']} />
      <Form action={action} state={{ ...state, fields: new URLSearchParams() }}>
        <Field
          name="code"
          label="Code"
          state={{ ...state, fields: new URLSearchParams() }}
          autocomplete="one-time-code"
          hint="Six digits, as your telephone shows them now."
          required
          autofocus
        />
        <Button kind="primary" large>
          Go on
        </Button>
      </Form>
      <p class="small muted">
        No telephone at hand? Type one of your recovery codes instead; each works once. Without
        those, whoever looks after your team can remove your second factor under Team.
      </p>
      <p class="small">
        <a href="/sign-in">Begin again</a>
      </p>
    </div>
  </Card>
)
