/** Lives through the days: what comes in the morning, what is sold, what leaves in the afternoon. */
import { day_ms, hour_ms, minute_ms } from '../../kit/clock.ts'
import type { SalesOrder } from '../../orders/schema.ts'
import type { Transfer } from '../../stock/transfers/schema.ts'
import { Buying } from './buying.ts'
import { ordersOn } from './demand.ts'
import type { Desk } from './desk.ts'
import { Keeping } from './keeping.ts'
import { Returning } from './returning.ts'
import { Selling } from './selling.ts'
import type { Shop } from './shop.ts'

/** Before that a standing rule chose the carrier; since then rates are compared. */
const days_of_comparing = 21
const wave_at_ms = 13 * hour_ms
const share_of_days_in_shop = 0.4
const sunday = 0
const monday = 1

export interface Year {
  buying: Buying
  selling: Selling
  returning: Returning
  keeping: Keeping
}

interface Delivered {
  order: SalesOrder
  close_at_ms: number
}

class Days {
  #delivered: Delivered[] = []
  #transfer: Transfer | undefined

  constructor(
    private readonly desk: Desk,
    private readonly shop: Shop,
    private readonly year: Year,
    private readonly until_ms: number,
  ) {}

  async live(midnight_ms: number): Promise<void> {
    const date = new Date(midnight_ms)
    const open = date.getUTCDay() !== sunday
    const times = this.#orderTimes(date)
    if (open) await this.#morning(midnight_ms, date)
    await this.#sell(times.filter((at_ms) => at_ms < midnight_ms + wave_at_ms))
    if (open) await this.#wave(midnight_ms)
    await this.#sell(times.filter((at_ms) => at_ms >= midnight_ms + wave_at_ms))
    if (open) await this.#evening(midnight_ms)
  }

  #at(midnight_ms: number, hour: number, minute = 0): void {
    this.desk.moveTo(midnight_ms + hour * hour_ms + minute * minute_ms)
  }

  /** Before the walk, or after the van has left. */
  #orderTimes(date: Date): number[] {
    const { chance } = this.desk
    const second = () =>
      chance.happens(0.6) ? chance.whole(8 * 3_600, 13 * 3_600 - 1) : chance.whole(57_600, 64_000)
    return Array.from(
      { length: chance.times(ordersOn(date)) },
      () => date.getTime() + second() * 1_000,
    ).sort((a, b) => a - b)
  }

  async #morning(midnight_ms: number, date: Date): Promise<void> {
    const { buying, selling, returning, keeping } = this.year
    this.#at(midnight_ms, 7, 20)
    await selling.allocateWaiting(await buying.receive())
    const week = Math.floor(midnight_ms / (7 * day_ms))
    if (date.getUTCDay() === monday) await buying.review(week)
    this.#at(midnight_ms, 7, 45)
    await returning.work()
    if (date.getUTCDay() === 3 && this.desk.chance.happens(0.7)) await keeping.mishap()
    if (date.getUTCDate() % 14 === 5) await keeping.count()
    await this.#trolley(date)
  }

  async #trolley(date: Date): Promise<void> {
    const { keeping } = this.year
    const sent = this.#transfer
    this.#transfer = undefined
    if (sent) await keeping.receiveInShop(sent)
    if (date.getUTCDate() === 10) this.#transfer = await keeping.sendToShop()
  }

  async #sell(times: readonly number[]): Promise<void> {
    const { desk, shop, year } = this
    for (const at_ms of times) {
      desk.moveTo(at_ms)
      const buyer = desk.chance.weighted(shop.buyers, ({ is_cafe }) => (is_cafe ? 2 : 1))
      await year.selling.place(buyer, {})
    }
  }

  /** All that is allocated is picked in one walk, packed at the bench, and fetched at three. */
  async #wave(midnight_ms: number): Promise<void> {
    const { selling } = this.year
    const orders = selling.ready.splice(0)
    this.#at(midnight_ms, 13)
    await Promise.all(orders.map((order) => selling.pick(order)))
    this.#at(midnight_ms, 13, 50)
    await Promise.all(orders.map((order) => selling.pack(order)))
    this.#at(midnight_ms, 15)
    const days_ago = Math.round((this.until_ms - midnight_ms) / day_ms)
    await this.#send(orders, days_ago)
    if (this.desk.chance.happens(share_of_days_in_shop)) await this.#sellInShop(midnight_ms)
  }

  async #sellInShop(midnight_ms: number): Promise<void> {
    this.#at(midnight_ms, 15, this.desk.chance.whole(5, 55))
    await this.year.selling.overTheCounter(this.desk.chance.pick(this.shop.buyers))
  }

  /** Lately somebody was not at home: that parcel still needs attention today. */
  async #send(orders: readonly SalesOrder[], days_ago: number): Promise<void> {
    const { selling } = this.year
    const lately = days_ago === 3 || days_ago === 4
    const held = orders.filter((_, index) => (lately && index === 0) || selling.isTrouble())
    const smooth = orders.filter((order) => !held.includes(order))
    if (days_ago > days_of_comparing) {
      for (const order of held) await selling.sendByRule(order, true)
      await Promise.all(smooth.map((order) => selling.sendByRule(order)))
      return
    }
    for (const order of held) await selling.send(order, true)
    for (const order of smooth) await selling.send(order)
  }

  async #evening(midnight_ms: number): Promise<void> {
    const { selling, returning } = this.year
    this.#at(midnight_ms, 18)
    const delivered = await selling.track()
    returning.consider(delivered)
    const close_at_ms = midnight_ms + 30 * day_ms
    this.#delivered.push(...delivered.map((order) => ({ order, close_at_ms })))
    const old = this.#delivered.filter((each) => each.close_at_ms <= midnight_ms)
    this.#delivered = this.#delivered.filter((each) => each.close_at_ms > midnight_ms)
    await Promise.all(
      old.map(({ order }) => this.desk.do('service', 'sales_orders.close', { id: order.id })),
    )
  }
}

/**
 * From the opening in the morning of `from_ms` to the evening before `until_ms`; both are midnights.
 * @param onDay told before each day how many of how many have passed
 */
export async function liveThrough(
  desk: Desk,
  shop: Shop,
  { from_ms, until_ms }: { from_ms: number; until_ms: number },
  onDay: (passed: number, all: number) => void,
): Promise<Year> {
  const year: Year = {
    buying: new Buying(desk, shop),
    selling: new Selling(desk, shop),
    returning: new Returning(desk, shop),
    keeping: new Keeping(desk, shop),
  }
  await year.buying.open()
  const days = new Days(desk, shop, year, until_ms)
  const all = Math.round((until_ms - from_ms) / day_ms)
  for (let passed = 0; passed < all; passed++) {
    onDay(passed, all)
    await days.live(from_ms + passed * day_ms)
  }
  return year
}
