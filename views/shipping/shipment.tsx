/** One shipment: rates side by side, the label, and the way of its parcels. */
import type { Html } from '../../src/kit/html.ts'
import type { Shipment, Tracker } from '../../src/shipping/schema.ts'
import { ActionButton, Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead, Steps } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { AddressLines, Dimensions, Id, Money, Text, Weight, When } from '../ui/text.tsx'
import { Labels } from './labels.tsx'
import { Messages } from './messages.tsx'
import { Rates } from './rates.tsx'
import { label_choices } from './shipment-form.tsx'
import { TrackingHistory } from './tracking-history.tsx'

export interface ShipmentProps {
  shipment: Shipment
  tracker: Tracker | undefined
  /** Id → what people call the carrier. */
  carriers: ReadonlyMap<string, string>
  /** Id → name of each account that can be asked. */
  accounts: ReadonlyMap<string, string>
  /** Of the order it carries, where the visitor may see it. */
  order_number: string | undefined
  state: FormState
  /** Where customers follow it, without signing in. */
  public_path: string | undefined
  may_write: boolean
  may_purchase: boolean
}

const way = ['draft', 'rated', 'purchased', 'in_transit', 'delivered']
/** States beside the way, and the step it has reached there. */
const beside: Partial<Record<Shipment['status'], string>> = {
  purchasing: 'rated',
  uncertain: 'rated',
  needs_attention: 'in_transit',
  delivery_failed: 'in_transit',
}
const drafted = ['draft', 'rated']

export const ShipmentPage = (props: ShipmentProps): Html => {
  const { shipment, tracker, state } = props
  const { recipient, status } = shipment
  const name = recipient.company_name ?? recipient.person_name ?? 'a recipient without a name'
  return (
    <>
      <PageHead
        title={
          <>
            To {name} <Status of={status} />
          </>
        }
        sub={[recipient.city, recipient.state_code, recipient.country_code]
          .filter(Boolean)
          .join(', ')}
        crumbs={[['Shipments', '/shipments']]}
      >
        <Actions {...props} />
      </PageHead>
      <Wrong state={state} />
      <Doubt shipment={shipment} />
      <Steps steps={way} current={beside[status] ?? status} />
      <div class="with-aside">
        <div>
          <Messages messages={shipment.messages} carriers={props.carriers} />
          {drafted.includes(status) ? <Rates {...props} /> : <Labels {...props} />}
          {tracker && (
            <Card
              title="On its way"
              actions={<a href={`/trackers/${tracker.id}`}>{tracker.tracking_number}</a>}
            >
              <TrackingHistory tracker={tracker} />
            </Card>
          )}
        </div>
        <Aside {...props} />
      </div>
    </>
  )
}

const Actions = ({ shipment, state, may_write, may_purchase }: ShipmentProps): Html => {
  const { id, status, version, rates } = shipment
  const action = (verb: string) => `/shipments/${id}/${verb}`
  return (
    <>
      {may_write && drafted.includes(status) && (
        <>
          <ActionButton
            action={action('rates')}
            state={state}
            {...(rates.length === 0 && { kind: 'primary' })}
          >
            {rates.length === 0 ? 'Compare rates' : 'Ask again'}
          </ActionButton>
          <ActionButton action={action('discard')} state={state} version={version} kind="quiet">
            Discard
          </ActionButton>
        </>
      )}
      {may_purchase && ['purchasing', 'uncertain'].includes(status) && (
        <ActionButton action={action('settle')} state={state} kind="primary">
          Ask the carrier
        </ActionButton>
      )}
      {may_purchase && status === 'purchased' && (
        <ActionButton action={action('void')} state={state} kind="danger">
          Void the label
        </ActionButton>
      )}
    </>
  )
}

/** What a lost answer means, and what not to do about it. */
const Doubt = ({ shipment: { status } }: { shipment: Shipment }): Html =>
  status === 'uncertain' ? (
    <Notice tone="warn">
      The answer to the purchase was lost: the label may have been bought. Nothing is bought again;
      “Ask the carrier” finds out, and so does the house by itself within minutes.
    </Notice>
  ) : status === 'purchasing' ? (
    <Notice>The label is being bought right now. Look again in a moment.</Notice>
  ) : (
    <></>
  )

const Aside = (props: ShipmentProps): Html => {
  const { shipment, carriers, public_path } = props
  const { carrier_id, order_id } = shipment
  return (
    <div>
      <Card title="Addresses">
        <div class="stack">
          <div>
            <h3>To</h3>
            <AddressLines address={shipment.recipient} />
          </div>
          <div>
            <h3>From</h3>
            <AddressLines address={shipment.shipper} />
          </div>
        </div>
      </Card>
      <Card title="Parcels">
        <ol class="contents">
          {shipment.parcels.map((parcel) => (
            <li>
              <Weight g={parcel.weight_g} /> · <Dimensions of={parcel} />
              {(parcel.items ?? []).map(({ quantity, sku, title }) => (
                <div class="small muted">
                  {quantity} × {sku ?? title}
                </div>
              ))}
            </li>
          ))}
        </ol>
      </Card>
      <Card title="Shipment">
        <Facts
          of={[
            [
              'Order',
              order_id ? (
                <a href={`/orders/${order_id}`}>{props.order_number ?? 'Open'}</a>
              ) : (
                <Text value={null} />
              ),
            ],
            ['Carrier', <Text value={carrier_id && (carriers.get(carrier_id) ?? carrier_id)} />],
            ['Service', <Text value={shipment.selected_rate?.service_name ?? shipment.service} />],
            ['Charge', <Money value={shipment.charge} />],
            ['Bought', <When at={shipment.purchased_at} />],
            [
              'For the customer',
              public_path ? <a href={public_path}>Tracking page</a> : <Text value={null} />,
            ],
            ['Id', <Id value={shipment.id} />],
          ]}
        />
      </Card>
      {props.may_write && drafted.includes(shipment.status) && <LabelType {...props} />}
    </div>
  )
}

const LabelType = ({ shipment, state }: ShipmentProps): Html => (
  <Card title="Label as">
    <Form action={`/shipments/${shipment.id}/label-type`} state={state} version={shipment.version}>
      <Field
        name="label_type"
        label="Format"
        state={state}
        required
        value={shipment.label_type}
        choices={label_choices}
        hint="Rates are asked for again after a change."
      />
      <div>
        <Button>Change</Button>
      </div>
    </Form>
  </Card>
)
