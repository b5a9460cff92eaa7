/** Offers side by side: what each costs, when it arrives; the cheapest and the fastest are marked. */
import type { Html } from '../../src/kit/html.ts'
import type { ShipmentRate } from '../../src/shipping/schema.ts'
import { ActionButton, Button, Form, LinkButton } from '../ui/form.tsx'
import { Card, Empty } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Money, When } from '../ui/text.tsx'
import type { ShipmentProps } from './shipment.tsx'

export const Rates = (props: ShipmentProps): Html => {
  const { shipment, state, accounts, may_purchase } = props
  const { rates } = shipment
  if (rates.length === 0) return <NoRates {...props} />
  const sorted = [...rates].sort(byPrice)
  const [cheapest] = sorted
  const fastest = fastestOf(sorted)
  return (
    <Card title={`${rates.length} ${rates.length === 1 ? 'offer' : 'offers'}`}>
      <Form action={`/shipments/${shipment.id}/purchase`} state={state}>
        <div class="rates" role="radiogroup" aria-label="Rates">
          {sorted.map((rate) => (
            <Rate
              rate={rate}
              account={accounts.get(rate.connection_id) ?? rate.carrier_id}
              checked={rate.id === (state.fields.get('rate_id') ?? cheapest!.id)}
              is_cheapest={rate === cheapest && rates.length > 1}
              is_fastest={rate === fastest && rates.length > 1}
            />
          ))}
        </div>
        {may_purchase && (
          <div class="at-hand">
            <Button kind="primary" large icon="truck">
              Buy the label
            </Button>
          </div>
        )}
      </Form>
    </Card>
  )
}

/** Prices of one currency in order; other currencies after them, never mixed. */
const byPrice = (a: ShipmentRate, b: ShipmentRate): number =>
  a.total.currency.localeCompare(b.total.currency) || a.total.amount - b.total.amount

/** By the day of arrival where all say it, else by days in transit; the cheaper of two wins. */
function fastestOf(rates: readonly ShipmentRate[]): ShipmentRate | undefined {
  const dated = rates.filter((rate) => rate.estimated_delivery)
  const known = rates.filter((rate) => rate.transit_days !== undefined)
  if (dated.length >= known.length) {
    return dated.reduce<ShipmentRate | undefined>(
      (best, rate) => (!best || rate.estimated_delivery! < best.estimated_delivery! ? rate : best),
      undefined,
    )
  }
  return known.reduce((best, rate) => (rate.transit_days! < best.transit_days! ? rate : best))
}

interface RateProps {
  rate: ShipmentRate
  /** The account it would be bought with. */
  account: string
  checked: boolean
  is_cheapest: boolean
  is_fastest: boolean
}

const Rate = ({ rate, account, checked, is_cheapest, is_fastest }: RateProps): Html => (
  <label class="rate">
    <input type="radio" name="rate_id" value={rate.id} checked={checked} required />
    <span>
      <strong>{rate.service_name}</strong>
      <span class="small muted rate-when">
        {account}
        {rate.transit_days !== undefined && ` · ${days(rate.transit_days)}`}
        {rate.estimated_delivery && (
          <>
            {' · '}
            <When at={rate.estimated_delivery} />
          </>
        )}
      </span>
      {(is_cheapest || is_fastest) && (
        <span class="states">
          {is_cheapest && <Status of="cheapest" />}
          {is_fastest && <Status of="fastest" />}
        </span>
      )}
    </span>
    <span class="price">
      <Money value={rate.total} />
    </span>
  </label>
)

const days = (count: number): string => (count === 1 ? '1 working day' : `${count} working days`)

const NoRates = ({ shipment, state, accounts, may_write }: ShipmentProps): Html => (
  <Card>
    {accounts.size > 0 ? (
      <Empty
        icon="truck"
        title={shipment.messages.length > 0 ? 'Nobody can carry it so' : 'Ask what it costs'}
        action={
          may_write && (
            <ActionButton action={`/shipments/${shipment.id}/rates`} state={state} kind="primary">
              Compare rates
            </ActionButton>
          )
        }
      >
        All connected carriers are asked at once. One that fails says why, beside the offers of the
        others.
      </Empty>
    ) : (
      <Empty
        icon="plug"
        title="No carrier is connected"
        action={
          <LinkButton href="/carriers" kind="primary">
            Connect a carrier
          </LinkButton>
        }
      >
        Rates and labels come from your own accounts with carriers, or from a rate sheet of yours.
      </Empty>
    )}
  </Card>
)
