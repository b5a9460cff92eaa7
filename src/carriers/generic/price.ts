/** Prices a shipment from a rate sheet: the heavier of scales and size, in the first zone. */
import { addMoney, money, multiplyMoney, type Money } from '../../kit/money.ts'
import type { Address } from '../address.ts'
import type { Charge, RateRequest } from '../contract.ts'
import { isOn } from '../options.ts'
import { chargeableWeight, sidesLongestFirst, type Parcel } from '../parcel.ts'
import type { Price, RateSheet, SheetService, Surcharge, Zone } from './rate-sheet.ts'

export interface Priced {
  zone: string
  total: Money
  /** What the carrier will charge us. */
  cost: Money
  charges: Charge[]
  chargeable_weight_g: number
  transit_days?: number
}

type Side = 'cost' | 'sell'
const sideOf = (price: Price, side: Side): number =>
  side === 'sell' ? (price.sell ?? price.cost) : price.cost

/** `K1K 4T3` and `k1k4t3` are one place; digits stay digits and zeros stay zeros. */
const normal = (postal_code: string): string => postal_code.toUpperCase().replace(/[\s-]/g, '')

/** Compared over the length of the range's ends, and only for codes long enough to hold them. */
function inRange(postal_code: string, [from, to]: readonly [string, string]): boolean {
  const low = normal(from)
  const high = normal(to)
  // A range of whole codes means whole codes: 1234 is not 12340, and 12340 is not in 1200–1299.
  const whole = /^\d+$/.test(low) && /^\d+$/.test(postal_code)
  if (whole && postal_code.length !== low.length) return false
  const part = postal_code.slice(0, low.length)
  return part.length === low.length && part >= low && part <= high
}

function fits(zone: Zone, { country_code, state_code, postal_code }: Address): boolean {
  if (zone.countries && !zone.countries.includes(country_code)) return false
  if (zone.states && !(state_code && zone.states.includes(state_code))) return false
  const { postal_prefixes = [], postal_ranges = [] } = zone
  if (postal_prefixes.length + postal_ranges.length === 0) return true
  if (postal_code === undefined) return false
  const code = normal(postal_code)
  return (
    postal_prefixes.some((prefix) => code.startsWith(normal(prefix))) ||
    postal_ranges.some((range) => inRange(code, range))
  )
}

/** Price of one parcel, or undefined where the sheet has none. */
function stepPrice(zone: Zone, weight_g: number, side: Side): number | undefined {
  const step = zone.steps.find(({ up_to_g }) => weight_g <= up_to_g)
  if (step) return sideOf(step.price, side)
  const last = zone.steps.at(-1)!
  if (!zone.per_kg) return undefined
  const kilograms = Math.ceil((weight_g - last.up_to_g) / 1_000)
  return sideOf(last.price, side) + kilograms * sideOf(zone.per_kg, side)
}

/** How often a surcharge applies to this shipment. */
function times({ per, when = {} }: Surcharge, request: RateRequest, weights: number[]): number {
  if (when.residential !== undefined) {
    if ((request.recipient.residential === true) !== when.residential) return 0
  }
  if (when.option !== undefined && !isOn(request.options, when.option)) return 0
  const applies = (parcel: Parcel, index: number) => {
    if (when.over_weight_g !== undefined && weights[index]! <= when.over_weight_g) return false
    const longest = sidesLongestFirst(parcel)?.[0] ?? 0
    return when.over_length_mm === undefined || longest > when.over_length_mm
  }
  const count = request.parcels.filter(applies).length
  return per === 'parcel' ? count : Math.min(count, 1)
}

/** The percentage that holds on a day, `0` before the first. */
export const fuelPercent = (fuel: SheetService['fuel'], day: string): string =>
  [...(fuel ?? [])]
    .filter(({ from }) => from <= day)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1)?.percent ?? '0'

const hundredth = (percent: string): number => Number(percent) / 100

function addUp(
  sheet: RateSheet,
  service: SheetService,
  zone: Zone,
  request: RateRequest,
  weights: number[],
  side: Side,
  day: string,
): { total: Money; charges: Charge[] } | undefined {
  const prices = weights.map((weight_g) => stepPrice(zone, weight_g, side))
  if (prices.some((price) => price === undefined)) return undefined
  const sum = prices.reduce<number>((total, price) => total + price!, 0)
  const least = zone.minimum ? sideOf(zone.minimum, side) : 0
  const base = money(Math.max(sum, least), sheet.currency)
  const charges: Charge[] = [{ name: 'Base charge', amount: base }]
  let fuelled = base
  for (const surcharge of service.surcharges ?? []) {
    const count = times(surcharge, request, weights)
    if (count === 0) continue
    const fixed = money(
      (surcharge.price ? sideOf(surcharge.price, side) : 0) * count,
      sheet.currency,
    )
    const share = multiplyMoney(hundredth(surcharge.percent ?? '0'), base)
    const amount = addMoney(fixed, share)
    charges.push({ name: surcharge.name, amount })
    if (surcharge.fuel) fuelled = addMoney(fuelled, amount)
  }
  const percent = fuelPercent(service.fuel, day)
  if (Number(percent) > 0) {
    charges.push({ name: `Fuel ${percent} %`, amount: multiplyMoney(hundredth(percent), fuelled) })
  }
  const total = charges.map(({ amount }) => amount).reduce(addMoney)
  return { total, charges }
}

/** The price of one service, or the reason why it has none. */
export function priceService(
  sheet: RateSheet,
  service: SheetService,
  request: RateRequest,
  day: string,
): Priced | string {
  const zone = service.zones.find((one) => fits(one, request.recipient))
  if (!zone) return `${service.name} does not go there.`
  const { max_weight_g, max_length_mm } = service
  if (max_weight_g !== undefined && request.parcels.some((p) => p.weight_g > max_weight_g)) {
    return `${service.name} takes parcels of up to ${max_weight_g} g.`
  }
  const longest = (parcel: Parcel) => sidesLongestFirst(parcel)?.[0] ?? 0
  if (max_length_mm !== undefined && request.parcels.some((p) => longest(p) > max_length_mm)) {
    return `${service.name} takes parcels of up to ${max_length_mm} mm.`
  }
  const weights = request.parcels.map((one) => chargeableWeight(one, service.dimensional_divisor))
  const sold = addUp(sheet, service, zone, request, weights, 'sell', day)
  const bought = addUp(sheet, service, zone, request, weights, 'cost', day)
  if (!sold || !bought) return `${service.name} has no price for this weight.`
  const transit_days = zone.transit_days ?? service.transit_days
  return {
    zone: zone.name,
    total: sold.total,
    cost: bought.total,
    charges: sold.charges,
    chargeable_weight_g: weights.reduce((sum, weight_g) => sum + weight_g, 0),
    ...(transit_days !== undefined && { transit_days }),
  }
}
