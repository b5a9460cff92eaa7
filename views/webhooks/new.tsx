/** The form for a new endpoint, and the fields it shares with changing one. */
import type { Html } from '../../src/kit/html.ts'
import type { Endpoint } from '../../src/webhooks/schema.ts'
import { Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, PageHead } from '../ui/layout.tsx'

const shown = ['url', 'types', 'description', 'max_concurrency']

export const EndpointFields = ({
  state,
  endpoint,
}: {
  state: FormState
  endpoint?: Endpoint
}): Html => (
  <>
    <Wrong state={state} shown={shown} />
    <Field
      name="url"
      label="Address"
      type="url"
      state={state}
      value={endpoint?.url}
      placeholder="https://example.com/hooks/stowage"
      hint="It must be reachable by https on the public internet, unless the operator allows more."
      required
    />
    <Field
      name="types"
      label="Events"
      state={state}
      value={endpoint?.types.join('\n') ?? '*'}
      rows={3}
      hint="One to a line: * for all, a family such as item.*, or one type such as item.created."
      required
    />
    <Field name="description" label="Note" state={state} value={endpoint?.description} />
    <Field
      name="max_concurrency"
      label="Requests at once"
      type="number"
      inputmode="numeric"
      state={state}
      value={endpoint?.max_concurrency ?? 5}
      hint="1 to 20. A slow receiver is never sent more than this at a time."
    />
  </>
)

export const newEndpointView = ({ state }: { state: FormState }): Html => (
  <>
    <PageHead
      title="Add an endpoint"
      sub="It gets what happens from now on."
      crumbs={[['Webhooks', '/webhooks']]}
    />
    <Card>
      <Form action="/webhooks" state={state}>
        <EndpointFields state={state} />
        <div class="actions">
          <Button kind="primary">Add the endpoint</Button>
        </div>
      </Form>
    </Card>
  </>
)
