/** Today: work that is not finished, in every state it can be in. */
import type { Lot } from '../../catalog/lots/schema.ts'
import { day_ms, minute_ms } from '../../kit/clock.ts'
import type { SalesOrder } from '../../orders/schema.ts'
import type { Count } from '../../stock/counts/schema.ts'
import type { BulkAnswer } from '../../stock/schema.ts'
import type { Desk } from './desk.ts'
import type { Placing } from './selling.ts'
import type { Article, Shop } from './shop.ts'
import type { Year } from './year.ts'

/** So long does the work of today take. */
const work_ms = 140 * minute_ms
/** Shortly after midnight it was done yesterday. */
const shortest_ms = 30 * minute_ms

/** When the work of today began, so that it ends when the visitor comes in: today, where it can. */
export function startOfToday(now_ms: number): number {
  const since_midnight_ms = now_ms % day_ms
  const whole = since_midnight_ms < shortest_ms || since_midnight_ms > work_ms
  return now_ms - (whole ? work_ms : since_midnight_ms)
}

export class Today {
  /** Below 1 where the day is too young for all of it. */
  readonly #pace: number

  constructor(
    private readonly desk: Desk,
    private readonly shop: Shop,
    private readonly year: Year,
    now_ms: number,
  ) {
    this.#pace = (now_ms - desk.clock.now()) / work_ms
  }

  async work(): Promise<void> {
    const { selling } = this.year
    this.#pass(1)
    await selling.allocateWaiting(await this.year.buying.receive())
    await selling.trackAll()
    await this.#returns()
    await this.#orders()
    await this.#buying()
    await this.#stock()
  }

  #pass(minutes: number): void {
    this.desk.clock.advance(Math.round(minutes * minute_ms * this.#pace))
  }

  /** An order of goods that are there. */
  async #place(placing: Placing = {}): Promise<SalesOrder> {
    const { desk, shop, year } = this
    this.#pass(desk.chance.whole(2, 5))
    const articles = await this.#stocked()
    const chosen = Array.from({ length: desk.chance.whole(1, 3) }, () => desk.chance.pick(articles))
    const buyers = shop.buyers.filter(({ is_cafe }) => !is_cafe)
    const buyer = desk.chance.pick(buyers)
    return year.selling.place(buyer, { articles: [...new Set(chosen)], ...placing })
  }

  async #stocked(): Promise<Article[]> {
    const { data } = await this.desk.do<BulkAnswer>('service', 'stock.bulk_lookup', {
      skus: this.shop.articles.map(({ goods }) => goods.sku),
      site_id: this.shop.warehouse.id,
    })
    return data
      .filter(({ available }) => Number(available) > 12)
      .map(({ sku }) => this.shop.bySku.get(sku)!)
  }

  async #many(count: number): Promise<SalesOrder[]> {
    const orders: SalesOrder[] = []
    for (let number = 0; number < count; number++) orders.push(await this.#place())
    return orders
  }

  async #orders(): Promise<void> {
    const { desk, shop, year } = this
    const { selling } = year
    const sent = await this.#many(6)
    const on_bench = await this.#many(3)
    const packed = await this.#many(3)
    await this.#many(5)
    await this.#place({ hold: 'The address is being confirmed.' })
    await this.#place({ hold: 'Payment under review.' })
    await this.#place({ draft: true })
    const gone = await this.#place()
    await desk.do('service', 'sales_orders.cancel', { id: gone.id })
    const scarce = shop.bySku.get('GRIND-ELEC')!
    const cafe = shop.buyers.find(({ is_cafe }) => is_cafe)!
    await selling.place(cafe, { articles: [scarce], quantity: 12 })
    this.#pass(10)
    for (const order of [...sent, ...on_bench, ...packed]) await selling.pick(order)
    this.#pass(15)
    for (const order of [...sent, ...packed]) await selling.pack(order)
    this.#pass(10)
    await this.#labels(sent)
    // One of the packed ones has its offers on the table.
    await selling.rate(await selling.draftShipment(packed[0]!))
  }

  /** Bought; bought and taken back; bought with an answer that was lost on the way. */
  async #labels(orders: SalesOrder[]): Promise<void> {
    const { desk, year, shop } = this
    const [taken_back, doubtful, ...plain] = orders
    for (const order of plain) await year.selling.send(order)
    const voided = await year.selling.send(taken_back!)
    this.#pass(3)
    await desk.do('bench', 'shipments.void', { id: voided.id })
    desk.simulator.failNext('lost_answer')
    const drafted = await year.selling.draftShipment(doubtful!)
    const choice = { connection_id: shop.connections.ups, service: 'ups_ground' }
    await year.selling.buy(doubtful!, drafted, choice)
  }

  /** One in each state, of orders that have arrived lately. */
  async #returns(): Promise<void> {
    const { desk, year } = this
    const { data } = await desk.do<{ data: SalesOrder[] }>('service', 'sales_orders.list', {
      ...{ status: 'delivered', limit: 40, sort: '-created_at' },
      site_id: this.shop.warehouse.id,
    })
    const { returning } = year
    const several = data.find(({ lines }) => lines.some(({ quantity }) => Number(quantity) > 1))
    const [first, second, third, fourth] = data.filter((order) => order !== several)
    this.#pass(2)
    if (first) await returning.label(await returning.authorize(first))
    if (second) await returning.receive(await returning.authorize(second))
    if (third) {
      await returning.inspect(await returning.receive(await returning.authorize(third)))
    }
    if (fourth) {
      const { id } = await returning.authorize(fourth)
      await desk.do('service', 'returns.cancel', { id })
    }
    if (!several) return
    const back = await returning.authorize(several, true)
    const part = back.lines.some(({ quantity }) => quantity !== '1')
    await returning.receive(back, part ? [{ line: 1, quantity: '1' }] : undefined)
  }

  async #buying(): Promise<void> {
    this.#pass(5)
    await this.year.buying.draft('BALTIC', 20)
  }

  /** A count that was asked for, one that is half done, a trolley on its way, a lot set aside. */
  async #stock(): Promise<void> {
    const { desk, year } = this
    this.#pass(5)
    await year.keeping.sendToShop()
    await year.keeping.request()
    const half: Count = await year.keeping.request()
    const seen = await year.keeping.walk(half)
    const entries = seen
      .slice(0, Math.max(1, Math.floor(seen.length / 2)))
      .map(({ line, quantity }) => ({ line, quantity }))
    await desk.do('warehouse', 'counts.record', { id: half.id, entries })
    const lots = await desk.do<{ data: Lot[] }>('buying', 'lots.list', {
      ...{ item_id: this.shop.bySku.get('TEA-CHAM')!.id, limit: 1, sort: '-created_at' },
    })
    const [lot] = lots.data
    if (!lot) return
    const note = 'Waiting for the laboratory.'
    await desk.do('buying', 'lots.update', { id: lot.id, status: 'hold', note })
  }
}
