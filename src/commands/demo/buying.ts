/** Buying: what runs low is ordered, and weeks later stands on the dock. */
import { day_ms, timestamp } from '../../kit/clock.ts'
import type { PurchaseOrder, Received } from '../../purchasing/schema.ts'
import type { BulkAnswer } from '../../stock/schema.ts'
import { supplier_codes, suppliers, type SupplierCode } from './company.ts'
import { weeklyDemand } from './demand.ts'
import type { Desk } from './desk.ts'
import type { Article, Shop } from './shop.ts'

interface Due {
  at_ms: number
  order: PurchaseOrder
}

interface Wanted {
  article: Article
  quantity: number
}

type OrderLine = PurchaseOrder['lines'][number]

const weeks_between_reviews = 2
const weeks_of_safety = 3.5
const expiry_days = 540

export class Buying {
  #due: Due[] = []
  #lots = 0
  #serials = 0
  #deliveries = 4100

  constructor(
    private readonly desk: Desk,
    private readonly shop: Shop,
  ) {}

  /** The first stock: counted in where that is enough, bought where lots and serials are needed. */
  async open(): Promise<void> {
    const { desk, shop } = this
    const first = shop.articles.map((article) => ({
      article,
      quantity: this.#inCases(article, this.#weekly(article) * 7),
    }))
    const plain = first.filter(({ article }) => article.goods.tracking === 'none')
    await desk.do('owner', 'stock.adjust', {
      reason: 'opening',
      note: 'As counted on the day we began.',
      lines: plain.map(({ article, quantity }) => ({
        ...{ item_id: article.id, location_id: article.bin_id, quantity },
      })),
    })
    for (const code of supplier_codes) {
      const lines = first.filter(
        ({ article: { goods } }) => goods.supplier === code && goods.tracking !== 'none',
      )
      if (lines.length === 0) continue
      const order = await this.#order(code, lines, desk.clock.now())
      await this.#receiveWhole(order)
    }
  }

  /** Looks at what each supplier delivers, every other week. @param week number of the week */
  async review(week: number): Promise<void> {
    for (const [index, code] of supplier_codes.entries()) {
      if ((week + index) % weeks_between_reviews !== 0) continue
      const lines = await this.#wanted(code)
      if (lines.length === 0) continue
      const [least, most] = suppliers[code].lead_days
      const at_ms = this.desk.clock.now() + this.desk.chance.whole(least, most) * day_ms
      this.#due.push({ at_ms, order: await this.#order(code, lines, at_ms) })
    }
  }

  /** Receives what has come until now. @returns what came */
  async receive(): Promise<Set<string>> {
    const now_ms = this.desk.clock.now()
    const here = this.#due.filter(({ at_ms }) => at_ms <= now_ms)
    this.#due = this.#due.filter(({ at_ms }) => at_ms > now_ms)
    for (const { order } of here) await this.#arrive(order)
    return new Set(here.flatMap(({ order }) => order.lines.map(({ sku }) => sku)))
  }

  /** Drafted, and not sent yet. */
  async draft(code: SupplierCode, quantity_of_each: number): Promise<PurchaseOrder> {
    const lines = this.#of(code).slice(0, 4)
    return this.#draft(
      code,
      lines.map((article) => ({ article, quantity: quantity_of_each })),
      this.desk.clock.now() + 21 * day_ms,
    )
  }

  #of = (code: SupplierCode): Article[] =>
    this.shop.articles.filter(({ goods }) => goods.supplier === code)

  /** Units a week in the month after next: by then the goods are there. */
  #weekly({ goods }: Article): number {
    const then = new Date(this.desk.clock.now() + 35 * day_ms)
    return weeklyDemand(goods, then.getUTCMonth())
  }

  #inCases({ goods: { case_of } }: Article, units: number): number {
    return Math.max(1, Math.ceil(units / case_of)) * case_of
  }

  async #wanted(code: SupplierCode): Promise<Wanted[]> {
    const articles = this.#of(code)
    const { data } = await this.desk.do<BulkAnswer>('buying', 'stock.bulk_lookup', {
      skus: articles.map(({ goods }) => goods.sku),
    })
    const weeks = suppliers[code].lead_days[1] / 7 + weeks_between_reviews
    return data.flatMap(({ sku, available, incoming }) => {
      const article = this.shop.bySku.get(sku)!
      const weekly = this.#weekly(article)
      const there = Number(available) + Number(incoming)
      if (there > weekly * (weeks + weeks_of_safety / 2) + 2) return []
      const missing = weekly * (weeks + weeks_of_safety) - there
      return [{ article, quantity: this.#inCases(article, missing) }]
    })
  }

  async #draft(code: SupplierCode, lines: Wanted[], due_ms: number): Promise<PurchaseOrder> {
    return this.desk.do<PurchaseOrder>('buying', 'purchase_orders.create', {
      supplier_id: this.shop.supplier_ids[code],
      currency: 'USD',
      expected_on: timestamp(due_ms).slice(0, 10),
      over_receipt_percent: 5,
      lines: lines.map(({ article: { id, goods }, quantity }) => ({
        ...{ item_id: id, quantity, supplier_sku: `${code}-${goods.sku}` },
        unit_price: { amount: goods.cost, currency: 'USD' },
      })),
    })
  }

  async #order(code: SupplierCode, lines: Wanted[], due_ms: number): Promise<PurchaseOrder> {
    const { id } = await this.#draft(code, lines, due_ms)
    return this.desk.do<PurchaseOrder>('buying', 'purchase_orders.send', { id })
  }

  /** Mostly whole; sometimes in two parts, sometimes with something broken. */
  async #arrive(order: PurchaseOrder): Promise<void> {
    const { chance, clock } = this.desk
    if (!chance.happens(0.15)) return this.#receiveWhole(order)
    const open = order.lines.filter((line) => line.outstanding_quantity !== '0')
    const lines = open.filter((_, index) => index % 2 === 0)
    const received = await this.#receive(order, lines)
    if (received.purchase_order.status !== 'partially_received') return
    const at_ms = clock.now() + chance.whole(5, 12) * day_ms
    this.#due.push({ at_ms, order: received.purchase_order })
  }

  async #receiveWhole(order: PurchaseOrder): Promise<void> {
    const open = order.lines.filter((line) => line.outstanding_quantity !== '0')
    const { purchase_order } = await this.#receive(order, open)
    // Nobody waits for the one that arrived broken; what is complete is closed sooner or later.
    const is_short = purchase_order.status === 'partially_received'
    if (this.desk.chance.happens(is_short ? 0.9 : 0.5)) {
      await this.desk.do('buying', 'purchase_orders.close', { id: order.id })
    }
  }

  #receive(order: PurchaseOrder, lines: OrderLine[]): Promise<Received> {
    return this.desk.do<Received>('warehouse', 'purchase_orders.receive', {
      id: order.id,
      delivery_note: `DN ${++this.#deliveries}`,
      lines: lines.map((line) => this.#receiptLine(line)),
    })
  }

  #receiptLine({ line, sku, outstanding_quantity }: OrderLine): object {
    const { goods, bin_id } = this.shop.bySku.get(sku)!
    const { chance, clock } = this.desk
    const place = { line, location_id: bin_id }
    const count = Number(outstanding_quantity)
    if (goods.tracking === 'serial') {
      const serial_codes = Array.from({ length: count }, () => this.#serial(sku))
      return { ...place, serial_codes }
    }
    if (goods.tracking === 'lot') {
      const expires_on = timestamp(clock.now() + expiry_days * day_ms).slice(0, 10)
      return { ...place, quantity: count, lot_code: this.#lot(sku), expires_on }
    }
    const broken = goods.supplier !== 'BALTIC' && count > 1 && chance.happens(0.04) ? 1 : 0
    return {
      ...{ ...place, quantity: count - broken },
      ...(broken > 0 && { rejected_quantity: broken }),
    }
  }

  #lot(sku: string): string {
    const [, short = sku] = sku.split('-')
    const month = timestamp(this.desk.clock.now()).slice(2, 7).replace('-', '')
    return `${short}-${month}-${String(++this.#lots).padStart(3, '0')}`
  }

  #serial(sku: string): string {
    const [, short = sku] = sku.split('-')
    return `${short.slice(0, 2)}26${String(++this.#serials).padStart(5, '0')}`
  }
}
