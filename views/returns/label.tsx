/** The label a customer sends goods back with: by the carrier that brought them, unless told. */
import type { Html } from '../../src/kit/html.ts'
import type { Return } from '../../src/returns/schema.ts'
import type { CarrierConnection, Shipment } from '../../src/shipping/schema.ts'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'

interface Props {
  back: Return
  connections: readonly CarrierConnection[]
  services: readonly string[]
  /** How the goods went out. */
  outbound: Shipment | undefined
  state: FormState
}

export const LabelPage = ({ back, connections, services, outbound, state }: Props): Html => (
  <>
    <PageHead
      title={`Label for ${back.number}`}
      sub={back.customer_name}
      crumbs={[
        ['Returns', '/returns'],
        [back.number, `/returns/${back.id}`],
      ]}
    />
    <Wrong state={state} />
    <Card>
      {connections.length === 0 ? (
        <Empty
          icon="plug"
          title="No carrier is connected"
          action={<LinkButton href="/carriers">Connect a carrier</LinkButton>}
        >
          A label is bought with an account at a carrier.
        </Empty>
      ) : (
        <Form action={`/returns/${back.id}/label`} state={state}>
          <div class="row-of-fields">
            <Field
              name="connection_id"
              label="Carrier"
              state={state}
              required
              value={outbound?.connection_id}
              choices={connections.map(({ id, name }) => [id, name] as const)}
            />
            <Field
              name="service"
              label="Service"
              state={state}
              required
              value={outbound?.service}
              suggestions={services}
              hint="As the carrier's services are listed under Carriers."
            />
            <Field
              name="weight"
              label="Weight, kg"
              state={state}
              required
              inputmode="decimal"
              value="1"
            />
          </div>
          <div class="actions">
            <Button kind="primary" icon="truck">
              Buy the label
            </Button>
            <LinkButton kind="quiet" href={`/returns/${back.id}`}>
              Back
            </LinkButton>
          </div>
        </Form>
      )}
    </Card>
  </>
)
