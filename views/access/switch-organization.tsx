/** Chooses the organization to go on working in. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'

export const switchOrganizationView = ({
  organizations,
  current,
  state,
}: {
  organizations: readonly { id: string; name: string }[]
  current: string
  state: FormState
}): Html => (
  <Card>
    <div class="stack">
      <h1>Choose an organization</h1>
      <Wrong state={state} />
      <Form action="/organization" state={state}>
        <Field
          name="organization_id"
          label="Organization"
          state={state}
          value={current}
          choices={organizations.map(({ id, name }) => [id, name] as const)}
          required
        />
        <Button kind="primary">Go there</Button>
      </Form>
    </div>
  </Card>
)
