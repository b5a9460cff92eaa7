/** The packing bench: what was picked goes into one parcel after the other. */
import type { Html } from '../../src/kit/html.ts'
import type { Location } from '../../src/locations/schema.ts'
import type { Fulfilment } from '../../src/orders/fulfilment-schema.ts'
import {
  ActionButton,
  Button,
  Field,
  Form,
  LinkButton,
  Wrong,
  type FormState,
} from '../ui/form.tsx'
import { Card, Empty, Notice, PageHead } from '../ui/layout.tsx'
import { AddressLines } from '../ui/text.tsx'
import { States } from './orders.tsx'
import { Parcels } from './parcels.tsx'

interface Props {
  fulfilment: Fulfilment
  /** Where goods from the bench can be brought back to. */
  places: Location[]
  state: FormState
  may_pick: boolean
  may_ship: boolean
}

export const PackPage = (props: Props): Html => {
  const { fulfilment, state, may_ship } = props
  const { order, to_pick, parcels } = fulfilment
  const waiting = parcels.filter((parcel) => !parcel.dispatched_at)
  return (
    <>
      <PageHead
        title={
          <>
            Pack {order.number} <States order={order} />
          </>
        }
        crumbs={[
          ['Pick & pack', '/pick'],
          [order.number, `/orders/${order.id}`],
        ]}
      >
        {parcels.length > 0 && (
          <LinkButton href={`/orders/${order.id}/packing-slip`} icon="print">
            Packing slips
          </LinkButton>
        )}
        {waiting.length > 0 && <Leave fulfilment={fulfilment} {...{ state, may_ship }} />}
      </PageHead>
      <Wrong state={state} />
      {order.on_hold && <Notice tone="warn">On hold: {order.hold_reason}</Notice>}
      {to_pick.length > 0 && (
        <Notice>
          {to_pick.length} more to pick for this order. <a href="/pick">Pick list</a>
        </Notice>
      )}
      <div class="with-aside">
        <Bench {...props} />
        <Card title="Goes to">
          <AddressLines address={order.ship_to} />
        </Card>
      </div>
      {parcels.length > 0 && (
        <Card title="Parcels" flush>
          <Parcels fulfilment={fulfilment} state={state} may_pack />
        </Card>
      )}
    </>
  )
}

const Leave = ({
  fulfilment,
  state,
  may_ship,
}: Pick<Props, 'fulfilment' | 'state' | 'may_ship'>): Html => {
  const { id } = fulfilment.order
  const done = fulfilment.picked.length === 0
  return (
    <>
      <ActionButton action={`/orders/${id}/ship`} state={state} kind="quiet">
        Leaves without a label
      </ActionButton>
      {may_ship && (
        <Form action="/shipments/new" state={state} inline>
          <input type="hidden" name="order_id" value={id} />
          <Button icon="truck" {...(done && { kind: 'primary' })}>
            Ship
          </Button>
        </Form>
      )}
    </>
  )
}

const Bench = ({ fulfilment, places, state, may_pick }: Props): Html => {
  const { order, picked } = fulfilment
  if (picked.length === 0) {
    return (
      <Card title="On the bench">
        <Empty icon="box" title="The bench is empty">
          Everything that was picked is in a parcel.
        </Empty>
      </Card>
    )
  }
  return (
    <div>
      <Card title="Next parcel">
        <Form action={`/orders/${order.id}/pack`} state={state}>
          <Goods picked={picked} state={state} />
          <Measures state={state} />
          <div>
            <Button kind="primary" large icon="box">
              Close the parcel
            </Button>
          </div>
        </Form>
      </Card>
      {may_pick && places.length > 0 && (
        <details class="by-hand">
          <summary>Bring what is on the bench back</summary>
          <Form action={`/orders/${order.id}/put-back`} state={state}>
            <Field
              name="location_id"
              label="To"
              state={state}
              required
              choices={places.map(({ id, code, name }) => [id, `${code} ${name}`] as const)}
            />
            <div>
              <Button>Bring it back</Button>
            </div>
          </Form>
        </details>
      )}
    </div>
  )
}

const Goods = ({ picked, state }: { picked: Fulfilment['picked']; state: FormState }): Html => (
  <div class="stack">
    {picked.map((goods, index) => {
      const name = (key: string) => `contents.${index}.${key}`
      return (
        <div class="pack-line">
          <input type="hidden" name={name('line')} value={goods.line} />
          {goods.lot_id && <input type="hidden" name={name('lot_id')} value={goods.lot_id} />}
          {goods.serial_id && (
            <input type="hidden" name={name('serial_id')} value={goods.serial_id} />
          )}
          <div>
            <strong class="mono">{goods.sku}</strong>
            <div>{goods.name}</div>
            <div class="small muted">
              {goods.lot_code && `Lot ${goods.lot_code}`}
              {goods.serial_code && `Serial ${goods.serial_code}`}
            </div>
          </div>
          <Field
            name={name('quantity')}
            label={`Of ${goods.quantity}`}
            state={state}
            inputmode="decimal"
            value={goods.quantity}
            required
          />
        </div>
      )
    })}
  </div>
)

const Measures = ({ state }: { state: FormState }): Html => (
  <div class="row-of-fields">
    <Field
      name="weight_g"
      label="Weight, g"
      state={state}
      inputmode="numeric"
      hint="Left empty: what the goods weigh."
    />
    <Field name="length_mm" label="Length, mm" state={state} inputmode="numeric" />
    <Field name="width_mm" label="Width, mm" state={state} inputmode="numeric" />
    <Field name="height_mm" label="Height, mm" state={state} inputmode="numeric" />
    <Field name="packaging" label="Box" state={state} placeholder="small box" />
  </div>
)
