/** What the simulated carriers remember: purchases, by whom, and how far each parcel has come. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
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
  /** Nobody was at home at the first attempt; the second comes days later. */
  held?: boolean
  /** What the simulation needs to answer again: labels, the order as it was sent. */
  data: Record<string, unknown>
}

/** Scans of a parcel's journey, with the time after the purchase at which each is made. */
const smooth = [
  { name: 'created', after_ms: 0 },
  { name: 'picked_up', after_ms: 4 * hour_ms },
  { name: 'in_transit', after_ms: 10 * hour_ms },
  { name: 'arrived', after_ms: day_ms },
  { name: 'out_for_delivery', after_ms: 2 * day_ms },
  { name: 'delivered', after_ms: 2 * day_ms + 6 * hour_ms },
] as const
const held = [
  ...smooth.slice(0, -1),
  { name: 'held', after_ms: 2 * day_ms + 6 * hour_ms },
  { name: 'delivered', after_ms: 5 * day_ms },
] as const
export type Stage = (typeof smooth | typeof held)[number]['name']

export interface Scan {
  stage: Stage
  at_ms: number
}

/** One line of the file in which a world is kept; a later line of the same purchase replaces it. */
interface Remembered {
  purchase: Purchase
  next_number: number
}

const nameOf = ({ carrier_id, identifier }: Purchase): string => `${carrier_id} ${identifier}`

export class World {
  readonly purchases: Purchase[]
  #next_number = 0
  #hold_next = false

  /** @param memory a file in which purchases are kept, so that the next start knows them */
  constructor(
    readonly clock: Clock,
    readonly random: () => number,
    private readonly memory?: string,
  ) {
    this.purchases = this.#recall()
  }

  #recall(): Purchase[] {
    if (!this.memory || !existsSync(this.memory)) return []
    const known = new Map<string, Purchase>()
    for (const line of readFileSync(this.memory, 'utf8').trimEnd().split('\n')) {
      const { purchase, next_number } = JSON.parse(line) as Remembered
      known.set(nameOf(purchase), purchase)
      this.#next_number = Math.max(this.#next_number, next_number)
    }
    return [...known.values()]
  }

  #remember(purchase: Purchase): void {
    if (!this.memory) return
    const line: Remembered = { purchase, next_number: this.#next_number }
    appendFileSync(this.memory, `${JSON.stringify(line)}\n`)
  }

  buy(purchase: Purchase): void {
    if (this.#hold_next) purchase.held = true
    this.#hold_next = false
    this.purchases.push(purchase)
    this.#remember(purchase)
  }

  void(purchase: Purchase): void {
    purchase.voided = true
    this.#remember(purchase)
  }

  /** What is bought next meets a closed door on its way. */
  holdNext(): void {
    this.#hold_next = true
  }

  /** A number that no earlier call was given. */
  number(): number {
    return ++this.#next_number
  }

  find(carrier_id: string, is: (purchase: Purchase) => boolean): Purchase | undefined {
    return this.purchases.find((one) => one.carrier_id === carrier_id && is(one))
  }

  /** Scans made so far, oldest first; a voided shipment makes none after its label. */
  scans({ purchased_at_ms, voided, held: is_held }: Purchase): Scan[] {
    const now_ms = this.clock.now()
    const stages: readonly { name: Stage; after_ms: number }[] = is_held ? held : smooth
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
