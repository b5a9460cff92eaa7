/** What can be done with an order where it stands; the next step of its way stands out. */
import type { Html } from '../../src/kit/html.ts'
import type { Fulfilment } from '../../src/orders/fulfilment-schema.ts'
import { ActionButton, Button, Field, Form, LinkButton, type FormState } from '../ui/form.tsx'
import { Icon } from '../ui/icon.tsx'

export interface Rights {
  may_write: boolean
  may_pick: boolean
  may_pack: boolean
  may_ship: boolean
}

interface Props {
  fulfilment: Fulfilment
  state: FormState
  rights: Rights
}

const open = ['placed', 'allocated', 'picking', 'packed']

export const OrderActions = (props: Props): Html => {
  const { order } = props.fulfilment
  const is_open = open.includes(order.status)
  return (
    <>
      {is_open && !order.on_hold && <NextStep {...props} />}
      {order.status === 'shipped' && <Arrival {...props} />}
      {props.rights.may_write && <Paperwork {...props} is_open={is_open} />}
    </>
  )
}

/** Pick, pack or ship: whatever goods wait for most. */
const NextStep = ({ fulfilment, state, rights }: Props): Html => {
  const { order, to_pick, picked, parcels } = fulfilment
  const waiting = parcels.some((parcel) => !parcel.dispatched_at)
  const to_pack = picked.length > 0
  return (
    <>
      {rights.may_ship && waiting && (
        <Form action="/shipments/new" state={state} inline>
          <input type="hidden" name="order_id" value={order.id} />
          <Button icon="truck" {...(!to_pack && to_pick.length === 0 && { kind: 'primary' })}>
            Ship
          </Button>
        </Form>
      )}
      {rights.may_pack && (to_pack || waiting) && (
        <LinkButton
          href={`/orders/${order.id}/pack`}
          icon="box"
          {...(to_pack && { kind: 'primary' })}
        >
          Pack
        </LinkButton>
      )}
      {rights.may_pick && to_pick.length > 0 && (
        <ActionButton
          action={`/orders/${order.id}/pick`}
          state={state}
          icon="pick"
          {...(!to_pack && { kind: 'primary' })}
        >
          Pick all
        </ActionButton>
      )}
    </>
  )
}

/** Parcels that left under a label are said to have arrived by their carrier. */
const Arrival = ({ fulfilment, state, rights }: Props): Html => {
  const { order, parcels } = fulfilment
  const own = parcels.every((parcel) => !parcel.shipment_id)
  if (!own || !rights.may_pack) return <></>
  return (
    <>
      <ActionButton action={`/orders/${order.id}/deliver`} state={state} icon="check">
        Has arrived
      </ActionButton>
      <ActionButton action={`/orders/${order.id}/void-dispatch`} state={state} kind="quiet">
        Has not left
      </ActionButton>
    </>
  )
}

const Paperwork = ({ fulfilment, state, is_open }: Props & { is_open: boolean }): Html => {
  const { id, status, version, on_hold, backordered } = fulfilment.order
  const action = (verb: string) => `/orders/${id}/${verb}`
  const { picked, parcels } = fulfilment
  const in_hand = picked.length > 0 || parcels.some((parcel) => !parcel.dispatched_at)
  const has_left = parcels.some((parcel) => parcel.dispatched_at)
  return (
    <>
      {status === 'draft' && (
        <ActionButton action={action('place')} state={state} version={version} kind="primary">
          Place
        </ActionButton>
      )}
      {is_open && backordered && !on_hold && (
        <ActionButton action={action('allocate')} state={state} version={version}>
          Look for goods again
        </ActionButton>
      )}
      {on_hold && (
        <ActionButton action={action('release')} state={state} version={version} kind="primary">
          Let go on
        </ActionButton>
      )}
      {is_open && !on_hold && <Hold action={action('hold')} state={state} version={version} />}
      {['shipped', 'delivered'].includes(status) && (
        <ActionButton action={action('close')} state={state} version={version}>
          Close
        </ActionButton>
      )}
      {['shipped', 'delivered', 'closed'].includes(status) && (
        <LinkButton href={`/returns/new?order=${id}`} icon="back">
          Take back
        </LinkButton>
      )}
      {(status === 'draft' || is_open) && !in_hand && !has_left && (
        <ActionButton action={action('cancel')} state={state} version={version} kind="danger">
          Cancel order
        </ActionButton>
      )}
    </>
  )
}

interface HoldProps {
  action: string
  state: FormState
  version: number
}

const Hold = ({ action, state, version }: HoldProps): Html => (
  <details class="menu" open={state.fields.has('reason')}>
    <summary class="button">
      <Icon name="clock" />
      Hold
    </summary>
    <Form action={action} state={state} version={version}>
      <Field
        name="reason"
        label="Why it waits"
        state={state}
        required
        placeholder="Address to be confirmed"
      />
      <Button>Put on hold</Button>
    </Form>
  </details>
)
