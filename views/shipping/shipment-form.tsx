/** A shipment by hand: of a packed order, or of a parcel that no order knows. */
import type { Html } from '../../src/kit/html.ts'
import type { Address } from '../../src/carriers/address.ts'
import { AddressFields } from '../ui/address.tsx'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Notice, PageHead } from '../ui/layout.tsx'

interface Props {
  state: FormState
  /** Where the default site ships from. */
  from: Address | null
  /** Set when a packed order is shipped. */
  order_id: string | undefined
}

const row_count = 3

export const label_choices = [
  ['PDF', 'PDF, for any printer'],
  ['PNG', 'PNG, shown on screen'],
  ['ZPL', 'ZPL, for a label printer'],
] as const

export const ShipmentForm = ({ state, from, order_id }: Props): Html => (
  <>
    <PageHead title="New shipment" crumbs={[['Shipments', '/shipments']]} />
    <Wrong state={state} />
    {order_id ? <OfOrder state={state} order_id={order_id} /> : <Plain state={state} from={from} />}
  </>
)

const OfOrder = ({ state, order_id }: { state: FormState; order_id: string }): Html => (
  <Form action="/shipments/new" state={state}>
    <input type="hidden" name="order_id" value={order_id} />
    <Notice>
      Recipient and parcels are those of <a href={`/orders/${order_id}`}>the packed order</a>.
    </Notice>
    <Card title="Ship from, when the site has no address">
      <AddressFields name="shipper" state={state} />
    </Card>
    <Label state={state} />
    <Submit to={`/orders/${order_id}/pack`} />
  </Form>
)

const Plain = ({ state, from }: Pick<Props, 'state' | 'from'>): Html => (
  <Form action="/shipments/new" state={state}>
    <div class="columns">
      <Card title="From">
        <AddressFields name="shipper" state={state} address={from} />
      </Card>
      <Card title="To">
        <AddressFields name="recipient" state={state} />
      </Card>
    </div>
    <Card title="Parcels">
      <div class="lines">
        {Array.from({ length: row_count }, (_, index) => (
          <ParcelFields index={index} state={state} />
        ))}
      </div>
    </Card>
    <Label state={state} />
    <Submit to="/shipments" />
  </Form>
)

const ParcelFields = ({ index, state }: { index: number; state: FormState }): Html => {
  const size = (name: string, label: string) => (
    <Field name={`parcels.${index}.${name}`} label={label} state={state} inputmode="decimal" />
  )
  return (
    <div class="line">
      <Field
        name={`parcels.${index}.weight`}
        label={`Parcel ${index + 1}: weight, kg`}
        state={state}
        inputmode="decimal"
        required={index === 0}
      />
      {size('length', 'Length, cm')}
      {size('width', 'Width, cm')}
      {size('height', 'Height, cm')}
    </div>
  )
}

const Label = ({ state }: { state: FormState }): Html => (
  <Card>
    <Field name="label_type" label="Label as" state={state} choices={label_choices} required />
  </Card>
)

const Submit = ({ to }: { to: string }): Html => (
  <div class="actions">
    <Button kind="primary">Draft the shipment</Button>
    <LinkButton kind="quiet" href={to}>
      Cancel
    </LinkButton>
  </div>
)
