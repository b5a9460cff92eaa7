/** Keeping stock true: counts, breakages, samples, and what goes over to the shop. */
import type { Count } from '../../stock/counts/schema.ts'
import type { BulkAnswer, Level } from '../../stock/schema.ts'
import type { Transfer } from '../../stock/transfers/schema.ts'
import type { Desk } from './desk.ts'
import type { Article, Shop } from './shop.ts'

const mishaps = [
  { reason: 'damage', note: 'Dropped at the bench.' },
  { reason: 'damage', note: 'Arrived cracked, found while picking.' },
  { reason: 'sample', note: 'For a photograph.' },
  { reason: 'sample', note: 'Given to a café to try.' },
  { reason: 'internal_use', note: 'For our own kitchen.' },
] as const

interface Seen {
  line: number
  serial_id: string | null
  quantity: number
}

type Goods = Pick<Level, 'location_id' | 'item_id' | 'lot_id' | 'serial_id'>
const goodsOf = ({ location_id, item_id, lot_id, serial_id }: Goods): string =>
  [location_id, item_id, lot_id, serial_id].join()

export class Keeping {
  #aisle = 0

  constructor(
    private readonly desk: Desk,
    private readonly shop: Shop,
  ) {}

  /** One unit less of something, and why. */
  async mishap(): Promise<void> {
    const { chance } = this.desk
    const [article] = await this.#plenty(1)
    if (!article) return
    await this.desk.do('bench', 'stock.adjust', {
      ...chance.pick(mishaps),
      lines: [{ item_id: article.id, location_id: article.bin_id, quantity: -1 }],
    })
  }

  /** Counts the next aisle; one line is off by one, is counted again, and stays so. */
  async count(): Promise<void> {
    const { desk } = this
    const requested = await this.request()
    if (requested.lines.length === 0) {
      await desk.do('warehouse', 'counts.cancel', { id: requested.id })
      return
    }
    const off = desk.chance.whole(0, Math.max(0, requested.lines.length - 1))
    const seen = await this.walk(requested)
    const entries = seen.map(({ line, quantity, serial_id }, index) => {
      const is_off = index === off && !serial_id && quantity > 10
      return { line, quantity: is_off ? quantity + (desk.chance.happens(0.7) ? -1 : 1) : quantity }
    })
    const first = await desk.do<Count>('warehouse', 'counts.record', {
      id: requested.id,
      entries,
    })
    const again = entries.filter(({ line }) =>
      first.lines.some((each) => each.line === line && each.recount),
    )
    if (again.length > 0) {
      await desk.do('warehouse', 'counts.record', { id: requested.id, entries: again })
    }
    await desk.do('warehouse', 'counts.post', { id: requested.id })
  }

  /** What lies there, for each line of a count. */
  async walk({ lines }: Count): Promise<Seen[]> {
    const bins = new Set(lines.map(({ location_id }) => location_id))
    const found = new Map<string, number>()
    for (const location_id of bins) {
      const { data } = await this.desk.do<{ data: Level[] }>('warehouse', 'stock.levels', {
        ...{ location_id, limit: 100 },
      })
      for (const level of data) found.set(goodsOf(level), Number(level.on_hand))
    }
    return lines.map((line) => ({
      ...{ line: line.line, serial_id: line.serial_id },
      quantity: found.get(goodsOf(line)) ?? 0,
    }))
  }

  /** Asks for a count of the next aisle that holds more than a little. */
  request(): Promise<Count> {
    const aisles = [...new Set(this.shop.warehouse.bins.map(({ code }) => code.slice(0, 4)))]
    const aisle = aisles[this.#aisle++ % aisles.length]!
    const taken = new Set(this.shop.articles.map(({ bin_id }) => bin_id))
    const bins = this.shop.warehouse.bins.filter(({ code, id }) => {
      return code.startsWith(aisle) && taken.has(id)
    })
    if (bins.length < 3) return this.request()
    return this.desk.do<Count>('warehouse', 'counts.create', {
      location_ids: bins.map(({ id }) => id),
      note: `Aisle ${aisle}`,
    })
  }

  /** A trolley of best sellers for Quay Street. */
  async sendToShop(): Promise<Transfer | undefined> {
    const articles = await this.#plenty(6, ({ shop_bin_id }) => shop_bin_id !== undefined)
    if (articles.length === 0) return undefined
    return this.desk.do<Transfer>('warehouse', 'transfers.create', {
      to_site_id: this.shop.quay_street.id,
      lines: articles.map(({ id, bin_id }) => ({
        ...{ item_id: id, from_location_id: bin_id, quantity: this.desk.chance.pick([2, 4, 6]) },
      })),
    })
  }

  receiveInShop({ id, lines }: Transfer): Promise<Transfer> {
    return this.desk.do<Transfer>('service', 'transfers.receive', {
      id,
      lines: lines.map(({ line, sku, quantity }) => ({
        ...{ line, quantity, location_id: this.shop.bySku.get(sku)!.shop_bin_id },
      })),
    })
  }

  /** Untracked goods of which more than a case is free. */
  async #plenty(count: number, fits: (one: Article) => boolean = () => true): Promise<Article[]> {
    const { chance } = this.desk
    const articles = this.shop.articles.filter(
      (article) => article.goods.tracking === 'none' && fits(article),
    )
    const { data } = await this.desk.do<BulkAnswer>('warehouse', 'stock.bulk_lookup', {
      skus: articles.map(({ goods }) => goods.sku),
      site_id: this.shop.warehouse.id,
    })
    const plenty = data.filter(({ available }) => Number(available) > 14)
    const chosen = new Set<Article>()
    for (let tries = 0; tries < count * 3 && chosen.size < count && plenty.length > 0; tries++) {
      chosen.add(this.shop.bySku.get(chance.pick(plenty).sku)!)
    }
    return [...chosen]
  }
}
