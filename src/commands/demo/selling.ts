/** Selling: orders come in, are picked in waves, packed, and handed to a carrier. */
import { day_ms, hour_ms, timestamp } from '../../kit/clock.ts'
import type { Fulfilment } from '../../orders/fulfilment-schema.ts'
import type { SalesOrder } from '../../orders/schema.ts'
import type { Shipment, ShipmentRate } from '../../shipping/schema.ts'
import { cafe_units, fitsCafe, isSingle, lines_of_100, units_of_100 } from './demand.ts'
import type { BulkAnswer } from '../../stock/schema.ts'
import type { Desk } from './desk.ts'
import { demandIn } from './goods.ts'
import type { Article, Buyer, Shop } from './shop.ts'

/** On its way to somebody. */
export interface Sent {
  order: SalesOrder
  tracker_id: string
  /** When the carrier should have delivered it, with a day in hand. */
  ask_at_ms: number
  /** Nobody was at home at the first attempt. */
  held: boolean
}

export interface Placing {
  /** Another number of units of the first line than usual. */
  quantity?: number
  hold?: string
  draft?: boolean
  articles?: readonly Article[]
}

const sources = ['web shop', 'web shop', 'web shop', 'marketplace', 'telephone'] as const
const share_of_trouble = 0.03

export class Selling {
  /** Allocated, and waiting for the next wave. */
  ready: SalesOrder[] = []
  /** Waiting for goods. */
  waiting: SalesOrder[] = []
  sent: Sent[] = []
  #numbers = new Map<string, number>([
    ['web shop', 20_410],
    ['marketplace', 711_900],
  ])

  constructor(
    private readonly desk: Desk,
    private readonly shop: Shop,
  ) {}

  async place(
    buyer: Buyer,
    { quantity, hold, draft, articles }: Placing = {},
  ): Promise<SalesOrder> {
    const { desk } = this
    const source = buyer.is_cafe ? 'telephone' : desk.chance.pick(sources)
    const created = await desk.do<SalesOrder>('service', 'sales_orders.create', {
      ...{ customer_id: buyer.id, currency: 'USD', source },
      ...this.#referenceIn(source),
      ship_by: timestamp(desk.clock.now() + 2 * day_ms).slice(0, 10),
      lines: this.#lines(buyer, quantity, articles),
    })
    if (draft) return created
    const placed = await desk.do<SalesOrder>('service', 'sales_orders.place', { id: created.id })
    if (hold) return desk.do('service', 'sales_orders.hold', { id: placed.id, reason: hold })
    if (placed.backordered) this.waiting.push(placed)
    else this.ready.push(placed)
    return placed
  }

  /** Goods have come: those who wait for them are served in the order in which they came. */
  async allocateWaiting(skus: ReadonlySet<string>): Promise<void> {
    const still: SalesOrder[] = []
    for (const before of this.waiting) {
      const missing = before.lines.filter((line) => line.backordered_quantity !== '0')
      if (!missing.some(({ sku }) => skus.has(sku))) {
        still.push(before)
        continue
      }
      const { id } = before
      const order = await this.desk.do<SalesOrder>('warehouse', 'sales_orders.allocate', { id })
      if (order.backordered) still.push(order)
      else this.ready.push(order)
    }
    this.waiting = still
  }

  /** Bought in the shop on Quay Street, and carried away in a bag. */
  async overTheCounter(buyer: Buyer): Promise<void> {
    const { desk, shop } = this
    const shelved = shop.articles.filter(({ shop_bin_id }) => shop_bin_id !== undefined)
    const { data } = await desk.do<BulkAnswer>('service', 'stock.bulk_lookup', {
      ...{ skus: shelved.map(({ goods }) => goods.sku), site_id: shop.quay_street.id },
    })
    const there = data.filter(({ available }) => Number(available) > 1)
    if (there.length === 0) return
    const { goods, id: item_id } = shop.bySku.get(desk.chance.pick(there).sku)!
    const unit_price = { amount: goods.price, currency: 'USD' }
    const { id } = await desk.do<SalesOrder>('service', 'sales_orders.create', {
      ...{ customer_id: buyer.id, currency: 'USD', source: 'Quay Street' },
      site_id: shop.quay_street.id,
      lines: [{ item_id, quantity: desk.chance.whole(1, 2), unit_price }],
    })
    for (const step of ['place', 'pick'] as const) {
      await desk.do('service', `sales_orders.${step}`, { id })
    }
    await desk.do('service', 'sales_orders.pack', { id, parcels: [{ packaging: 'Paper bag' }] })
    for (const step of ['ship', 'deliver'] as const) {
      await desk.do('service', `sales_orders.${step}`, { id })
    }
  }

  pick(order: SalesOrder): Promise<Fulfilment> {
    return this.desk.do<Fulfilment>('warehouse', 'sales_orders.pick', { id: order.id })
  }

  pack(order: SalesOrder): Promise<Fulfilment> {
    const units = order.lines.reduce((sum, line) => sum + Number(line.quantity), 0)
    const [packaging, ...size] = units > 6 ? large_box : units > 2 ? medium_box : small_box
    const [length_mm, width_mm, height_mm] = size
    return this.desk.do<Fulfilment>('bench', 'sales_orders.pack', {
      id: order.id,
      parcels: [{ packaging, length_mm, width_mm, height_mm }],
    })
  }

  draftShipment(order: SalesOrder, label_type: 'PDF' | 'ZPL' = 'PDF'): Promise<Shipment> {
    const wanted = { order_id: order.id, label_type }
    return this.desk.do<Shipment>('bench', 'shipments.create', wanted)
  }

  rate({ id }: Shipment): Promise<Shipment> {
    return this.desk.do<Shipment>('bench', 'shipments.rate', { id })
  }

  /** The cheapest of one carrier, or the fastest of all when somebody is in a hurry. */
  choose({ rates }: Shipment): ShipmentRate {
    const { chance } = this.desk
    const tracked = rates.filter((rate) => rate.carrier_id !== 'generic')
    const hurry = chance.happens(0.12)
    const liked = chance.happens(0.6) ? 'ups' : 'sendle'
    const among = tracked.filter((rate) => hurry || rate.carrier_id === liked)
    return [...(among.length > 0 ? among : tracked)].sort((a, b) => {
      const sooner = hurry ? (a.transit_days ?? 9) - (b.transit_days ?? 9) : 0
      return sooner || a.total.amount - b.total.amount
    })[0]!
  }

  /** Whether somebody will not be at home. */
  isTrouble(): boolean {
    return this.desk.chance.happens(share_of_trouble)
  }

  /** All offers are compared. */
  async send(order: SalesOrder, held = false): Promise<Shipment> {
    const drafted = await this.draftShipment(order)
    const rate = this.choose(await this.rate(drafted))
    return this.buy(order, drafted, { rate_id: rate.id }, held)
  }

  /** As it was before rates were compared: mostly UPS, on the thermal printer. */
  async sendByRule(order: SalesOrder, held = false): Promise<Shipment> {
    const { ups, sendle } = this.shop.connections
    const { chance } = this.desk
    if (chance.happens(0.05)) {
      const choice = { connection_id: sendle, service: 'sendle_standard_dropoff' }
      return this.buy(order, await this.draftShipment(order), choice, held)
    }
    const service = chance.happens(0.1) ? 'ups_2nd_day_air' : 'ups_ground'
    const drafted = await this.draftShipment(order, 'ZPL')
    return this.buy(order, drafted, { connection_id: ups, service }, held)
  }

  async buy(order: SalesOrder, shipment: Shipment, choice: object, held = false) {
    const { desk } = this
    if (held) desk.simulator.holdNext()
    const bought = await desk.do<Shipment>('bench', 'shipments.purchase', {
      ...{ id: shipment.id, ...choice },
    })
    if (bought.tracker_id) {
      this.sent.push({
        ...{ order, held, tracker_id: bought.tracker_id },
        ask_at_ms: desk.clock.now() + 2 * day_ms + 12 * hour_ms,
      })
    }
    return bought
  }

  /** Asks after the parcels that should have arrived. @returns the orders that were delivered */
  async track(): Promise<SalesOrder[]> {
    const now_ms = this.desk.clock.now()
    const due = this.sent.filter(({ ask_at_ms }) => ask_at_ms <= now_ms)
    this.sent = this.sent.filter(({ ask_at_ms }) => ask_at_ms > now_ms)
    await Promise.all(due.map((each) => this.#refresh(each)))
    for (const each of due) {
      if (each.held) this.sent.push({ ...each, held: false, ask_at_ms: now_ms + 3 * day_ms })
    }
    return due.filter(({ held }) => !held).map(({ order }) => order)
  }

  /** Whoever is on the way just now: the year ends with the carriers' latest word. */
  async trackAll(): Promise<void> {
    await Promise.all(this.sent.map((each) => this.#refresh(each)))
  }

  async #refresh({ tracker_id }: Sent): Promise<void> {
    await this.desk.do('service', 'trackers.refresh', { id: tracker_id })
  }

  #referenceIn(source: string): object {
    const last = this.#numbers.get(source)
    if (last === undefined) return {}
    const next = last + this.desk.chance.whole(1, 3)
    this.#numbers.set(source, next)
    return { external_reference: String(next) }
  }

  #lines(
    { is_cafe }: Buyer,
    quantity: number | undefined,
    articles?: readonly Article[],
  ): object[] {
    const { chance, clock } = this.desk
    const month = new Date(clock.now()).getUTCMonth()
    const fitting = this.shop.articles.filter(({ goods }) => !is_cafe || fitsCafe(goods))
    const count = chance.weighted([1, 2, 3, 4], (lines) => lines_of_100[lines]!)
    const chosen = new Set<Article>(articles)
    while (!articles && chosen.size < count) {
      chosen.add(chance.weighted(fitting, ({ goods }) => demandIn(goods, month)))
    }
    return [...chosen].map((article, index) => ({
      item_id: article.id,
      quantity: index === 0 && quantity ? quantity : this.#units(article, is_cafe),
      unit_price: { amount: article.goods.price, currency: 'USD' },
    }))
  }

  #units({ goods }: Article, is_cafe: boolean): number {
    const { chance } = this.desk
    if (is_cafe) return chance.pick(cafe_units)
    if (isSingle(goods)) return 1
    return chance.weighted([1, 2, 3, 4], (units) => units_of_100[units]!)
  }
}

const small_box = ['Small box', 300, 220, 140] as const
const medium_box = ['Medium box', 400, 300, 200] as const
const large_box = ['Large box', 500, 400, 300] as const
