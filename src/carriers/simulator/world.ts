/** What the simulated carriers remember: purchases, by whom, and how far each parcel has come. */
import { day_ms, hour_ms, type Clock } from '../../kit/clock.ts'

export interface Purchase {
  carrier_id: string
  /** Client or user the credentials named. */
  account: string
  /** Ours, as it was sent along. */
  reference: string
  /** Which parcel of the shipment, where a carrier takes each as a purchase of its own. */
  piece: number
  identifier: string
  tracking_numbers: string[]
  purchased_at_ms: number
  voided: boolean
  /** What the simulation needs to answer again: labels, the order as it was sent. */
  data: Record<string, unknown>
}

/** Scans of a parcel's journey, with the time after the purchase at which each is made. */
export const stages = [
  { name: 'created', after_ms: 0 },
  { name: 'picked_up', after_ms: 4 * hour_ms },
  { name: 'in_transit', after_ms: 10 * hour_ms },
  { name: 'arrived', after_ms: day_ms },
  { name: 'out_for_delivery', after_ms: 2 * day_ms },
  { name: 'delivered', after_ms: 2 * day_ms + 6 * hour_ms },
] as const
export type Stage = (typeof stages)[number]['name']

export interface Scan {
  stage: Stage
  at_ms: number
}

export class World {
  readonly purchases: Purchase[] = []
  #next_number = 0

  constructor(
    readonly clock: Clock,
    readonly random: () => number,
  ) {}

  /** A number that no earlier call was given. */
  number(): number {
    return ++this.#next_number
  }

  find(carrier_id: string, is: (purchase: Purchase) => boolean): Purchase | undefined {
    return this.purchases.find((one) => one.carrier_id === carrier_id && is(one))
  }

  /** Scans made so far, oldest first; a voided shipment makes none after its label. */
  scans({ purchased_at_ms, voided }: Purchase): Scan[] {
    const now_ms = this.clock.now()
    return stages
      .filter(({ name }) => !voided || name === 'created')
      .map(({ name, after_ms }) => ({ stage: name, at_ms: purchased_at_ms + after_ms }))
      .filter(({ at_ms }) => at_ms <= now_ms)
  }
}

/** Mulberry32: a small seeded generator, so that a run with faults can be repeated. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A plausible price in minor units: grows with weight and with the distance of the two places. */
export function plausiblePrice(
  base: number,
  weight_g: number,
  from: { country: string; postal_code: string },
  to: { country: string; postal_code: string },
): number {
  const abroad = from.country !== to.country
  const near = !abroad && from.postal_code.slice(0, 2) === to.postal_code.slice(0, 2)
  const zone = abroad ? 4 : near ? 1 : 2
  return Math.round(base * zone + (weight_g / 1_000) * 55 * zone)
}
