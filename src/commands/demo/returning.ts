/** Returning: a few things come back, are looked at, and are paid back. */
import { day_ms } from '../../kit/clock.ts'
import type { Fulfilment } from '../../orders/fulfilment-schema.ts'
import type { SalesOrder } from '../../orders/schema.ts'
import type { Return } from '../../returns/schema.ts'
import type { Desk } from './desk.ts'
import type { Shop } from './shop.ts'

const share_that_returns = 0.045
const reasons = ['unwanted', 'damaged', 'wrong_item', 'not_as_described', 'defective'] as const

interface Planned {
  at_ms: number
  run: () => Promise<void>
}

export class Returning {
  #planned: Planned[] = []

  constructor(
    private readonly desk: Desk,
    private readonly shop: Shop,
  ) {}

  /** One of the orders that arrived today comes back in a week or two, perhaps. */
  consider(delivered: readonly SalesOrder[]): void {
    const { chance } = this.desk
    for (const order of delivered) {
      if (!chance.happens(share_that_returns)) continue
      this.#plan(chance.whole(2, 9), async () => {
        const back = await this.authorize(order)
        this.#plan(chance.whole(4, 8), () => this.#takeIn(back))
      })
    }
  }

  /** What was planned for now or before. */
  async work(): Promise<void> {
    const now_ms = this.desk.clock.now()
    const due = this.#planned.filter(({ at_ms }) => at_ms <= now_ms)
    this.#planned = this.#planned.filter(({ at_ms }) => at_ms > now_ms)
    for (const { run } of due) await run()
  }

  /** One unit of what was in the parcel. */
  async authorize(order: SalesOrder, whole = false): Promise<Return> {
    const { desk } = this
    const { parcels } = await desk.do<Fulfilment>('service', 'sales_orders.fulfilment', {
      id: order.id,
    })
    const goods = desk.chance.pick(parcels.flatMap(({ contents }) => contents))
    const { line, lot_code, serial_code, quantity } = goods
    return desk.do<Return>('service', 'returns.authorize', {
      sales_order_id: order.id,
      reason: desk.chance.pick(reasons),
      lines: [
        {
          ...{ line, quantity: whole ? quantity : '1' },
          ...(lot_code && { lot_code }),
          ...(serial_code && { serial_code }),
        },
      ],
    })
  }

  /** The customer gets a label for the way back. */
  label({ id }: Return): Promise<Return> {
    return this.desk.do<Return>('service', 'returns.label', {
      ...{ id, connection_id: this.shop.connections.ups, service: 'ups_ground' },
      parcels: [{ weight: 1, weight_unit: 'KG' }],
    })
  }

  receive({ id }: Return, lines?: object[]): Promise<Return> {
    return this.desk.do<Return>('bench', 'returns.receive', { id, ...(lines && { lines }) })
  }

  inspect(back: Return): Promise<Return> {
    const { chance } = this.desk
    return this.desk.do<Return>('bench', 'returns.inspect', {
      id: back.id,
      lines: back.lines.map(({ line, sku, received_quantity: quantity }) => {
        const broken = back.reason === 'damaged' || back.reason === 'defective'
        if (broken) return { line, quantity, disposition: 'scrap', note: 'Beyond repair.' }
        if (chance.happens(0.15)) return { line, quantity, disposition: 'quarantine' }
        const { bin_id } = this.shop.bySku.get(sku)!
        return { line, quantity, disposition: 'restock', location_id: bin_id }
      }),
    })
  }

  async #takeIn(back: Return): Promise<void> {
    const { chance } = this.desk
    await this.receive(back)
    this.#plan(chance.whole(1, 2), async () => {
      await this.inspect(await this.desk.do<Return>('bench', 'returns.get', { id: back.id }))
      this.#plan(1, () => this.#payBack(back))
    })
  }

  async #payBack({ id, lines }: Return): Promise<void> {
    const amount = lines.reduce((sum, { sku, quantity }) => {
      return sum + this.shop.bySku.get(sku)!.goods.price * Number(quantity)
    }, 0)
    const refund_reference = `re_${String(this.desk.chance.whole(1e6, 9e6))}`
    await this.desk.do('service', 'returns.close', {
      ...{ id, refund: { amount, currency: 'USD' }, refund_reference },
    })
  }

  #plan(days: number, run: () => Promise<void>): void {
    this.#planned.push({ at_ms: this.desk.clock.now() + days * day_ms, run })
  }
}
