/** Plans in words: what they cost and what they include. */
import type { Html } from '../../src/kit/html.ts'
import { formatMoney, type Money } from '../../src/kit/money.ts'
import {
  features,
  limits,
  meters,
  type Feature,
  type Limit,
  type Meter,
  type Rate,
} from '../../src/kit/terms.ts'
import type { Entitlements } from '../../src/plans/schema.ts'

export const list_names: Record<string, string> = {
  platform: 'For platforms',
  api: 'By calls of the API',
}

export const listName = (family: string): string =>
  list_names[family] ?? family.charAt(0).toUpperCase() + family.slice(1).replaceAll('_', ' ')

/** `$99.00 a month`; the price that is agreed is not told. */
export function priceText(price: Money | null, interval: string | null): string {
  if (!price) return 'On request'
  if (price.amount === 0) return 'Free'
  return `${formatMoney(price)} a ${interval}`
}

export const countText = (value: number): string => value.toLocaleString('en-US')

const giga = 1_000_000_000

/** Bytes as gigabytes of a thousand million, as they are charged. */
export function amountText(meter: Meter, value: number): string {
  if (meters[meter].unit !== 'bytes') return `${countText(value)} ${meters[meter].unit}`
  return `${Number((value / giga).toFixed(value < giga ? 3 : 1))} GB`
}

/** `10,000 calls in a period, no more`. */
export const quotaText = (meter: Meter, quota: { included: number; hard: boolean }): string =>
  `${amountText(meter, quota.included)}${quota.hard ? ', no more' : ''}`

/** `$0.01 for each further call`. */
export function overageText(
  meter: Meter,
  { per, amount }: { per: number; amount: number },
  currency: string,
): string {
  const price = formatMoney({ amount, currency })
  if (per === giga) return `${price} for each GB`
  return per === 1 ? `${price} for each` : `${price} for each ${amountText(meter, per)}`
}

export const rateText = ({ per_second, burst }: Rate): string =>
  `${countText(per_second)} a second, ${countText(burst)} at once`

export const featureName = (feature: Feature): string => features[feature]
export const limitName = (limit: Limit): string => limits[limit]

export interface Aspect {
  label: string
  of: (entitlements: Entitlements, currency: string) => Html | string
}

const yes = (has: boolean): Html | string => (has ? '✓' : <span class="muted none">—</span>)

const feature_rows = Object.keys(features) as Feature[]
const limit_rows = Object.keys(limits) as Limit[]
const meter_rows = Object.keys(meters) as Meter[]

/** The lines of a comparison; those in which no plan says anything are left out. */
export const aspectsOf = (all: readonly Entitlements[]): Aspect[] => [
  ...meter_rows
    .filter((meter) => all.some((each) => each.quotas[meter] ?? each.overage[meter]))
    .map((meter): Aspect => ({
      label: meters[meter].summary,
      of: ({ quotas, overage }, currency) => {
        const [quota, more] = [quotas[meter], overage[meter]]
        return [
          quota ? quotaText(meter, quota) : more ? '' : 'Unlimited',
          more ? `${quota ? 'then ' : ''}${overageText(meter, more, currency)}` : '',
        ]
          .filter(Boolean)
          .join(', ')
      },
    })),
  ...limit_rows
    .filter((limit) => all.some((each) => each.limits[limit] !== undefined))
    .map((limit): Aspect => ({
      label: limits[limit],
      of: (each) =>
        each.limits[limit] === undefined ? 'Unlimited' : countText(each.limits[limit]),
    })),
  ...feature_rows.map((feature): Aspect => ({
    label: features[feature],
    of: (each) => yes(each.features.includes(feature)),
  })),
  {
    label: 'Requests of one token',
    of: ({ rates }) => (rates.token ? rateText(rates.token) : 'As installed'),
  },
  {
    label: 'Besides',
    of: ({ highlights }) => (
      <div>
        {highlights.map((line) => (
          <div>{line}</div>
        ))}
      </div>
    ),
  },
]
