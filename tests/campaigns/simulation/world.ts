/** One business in the middle of its work, as somebody who remembers only what he was answered. */
import { startSimulator, type Simulator } from '../../../src/carriers/simulator/simulator.ts'
import type { Item } from '../../../src/catalog/schema.ts'
import { day_ms, timestamp } from '../../../src/kit/clock.ts'
import type { Location, SiteSet } from '../../../src/locations/schema.ts'
import type { Fulfilment } from '../../../src/orders/fulfilment-schema.ts'
import type { SalesOrder } from '../../../src/orders/schema.ts'
import type { PurchaseOrder, Receipt } from '../../../src/purchasing/schema.ts'
import type { Return } from '../../../src/returns/schema.ts'
import type { CarrierConnection, Shipment } from '../../../src/shipping/schema.ts'
import type { Count } from '../../../src/stock/counts/schema.ts'
import type { Reservation } from '../../../src/stock/reservations/schema.ts'
import type { Transfer } from '../../../src/stock/transfers/schema.ts'
import { countedIds, Random } from '../../random.ts'
import { Shop } from '../../shop.ts'
import { Model, type Kind } from './model.ts'

/** One thing to ask for: an operation of the table, and what its answer teaches. */
export interface Command {
  /** `stock.adjust` */
  operation: string
  params?: Record<string, string>
  query?: Record<string, string>
  body?: object
  etag?: string
  /** Of another organization than the first. */
  token?: string
  learn?: (reply: never) => unknown
}

export const command = <T>(
  operation: string,
  asked: Omit<Command, 'operation' | 'learn'>,
  learn?: (reply: T) => unknown,
): Command => ({ operation, ...asked, ...(learn && { learn: learn as never }) })

/** The last few of something: what people are working on. */
export class Recent<T extends { id: string }> {
  readonly #kept = new Map<string, T>()
  constructor(
    private readonly random: Random,
    private readonly most: number,
  ) {}

  keep(one: T): void {
    this.#kept.set(one.id, one)
    if (this.#kept.size > this.most) this.#kept.delete(this.#kept.keys().next().value!)
  }
  /** Mostly one that fits what is to be done with it; now and then any of them. */
  pick(fits: (one: T) => boolean = () => true): T | undefined {
    const all = [...this.#kept.values()]
    const fitting = all.filter(fits)
    if (fitting.length > 0 && this.random.chance(0.85)) return this.random.pick(fitting)
    return all.length > 0 ? this.random.pick(all) : undefined
  }
  all(): T[] {
    return [...this.#kept.values()]
  }
}

export interface Place {
  id: string
  site_id: string
  kind: Kind
}

/** Goods with the lots and serials that may be named. */
export interface Goods {
  item: Item
  lots: string[]
  serials: string[]
}

const kinds: Partial<Record<Location['type'], Kind>> = {
  site: 'in_transit',
  bin: 'bin',
  dock: 'receiving',
  packing: 'packed',
  quarantine: 'quarantine',
  returns: 'quarantine',
}

export const address = (name: string) => ({
  person_name: name,
  address_line1: '200 Main Street',
  city: 'Chicago',
  state_code: 'IL',
  postal_code: '60601',
  country_code: 'US',
  phone_number: '3125550100',
})

export class World {
  readonly model = new Model()
  readonly goods: Goods[] = []
  readonly places = new Map<string, Place>()
  readonly sites: string[] = []
  readonly parties: Record<'supplier' | 'customer', string[]> = { supplier: [], customer: [] }
  readonly items: Recent<Item>
  readonly postings: Recent<{ id: string }>
  readonly reservations: Recent<Reservation>
  readonly transfers: Recent<Transfer>
  readonly counts: Recent<Count>
  readonly purchases: Recent<PurchaseOrder>
  readonly receipts: Recent<Receipt>
  readonly orders: Recent<SalesOrder>
  /** Orders of which something has left. */
  readonly sent: Recent<SalesOrder>
  readonly returns: Recent<Return>
  readonly shipments: Recent<Shipment>
  readonly trackers: Recent<{ id: string }>
  readonly tokens: Recent<{ id: string }>
  readonly lots: Recent<{ id: string; version: number }>
  /** Shipments in doubt, which move their orders when they are settled. */
  readonly in_doubt = new Set<string>()
  readonly neighbour: { id: string; token: string; item_id: string; location_id: string } = {
    ...{ id: '', token: '', item_id: '', location_id: '' },
  }
  connection!: CarrierConnection
  #number = 0

  private constructor(
    readonly shop: Shop,
    readonly simulator: Simulator,
    readonly random: Random,
  ) {
    const recent = <T extends { id: string }>(most: number) => new Recent<T>(random, most)
    this.items = recent(20)
    this.postings = recent(10)
    this.reservations = recent(15)
    this.transfers = recent(5)
    this.counts = recent(4)
    this.purchases = recent(8)
    this.receipts = recent(5)
    this.orders = recent(10)
    this.sent = recent(10)
    this.returns = recent(6)
    this.shipments = recent(10)
    this.trackers = recent(40)
    this.tokens = recent(5)
    this.lots = recent(8)
  }

  static async open(seed: number): Promise<World> {
    const shop = await Shop.open({ ids: countedIds() })
    const simulator = await startSimulator({ seed, clock: shop.clock })
    const world = new World(shop, simulator, new Random(seed))
    await world.#furnish()
    await world.#fill()
    await world.#meetTheNeighbour()
    return world
  }

  async close(): Promise<void> {
    await this.simulator.stop()
    await this.shop.close()
  }

  /** A number nobody had before: for codes, keys and names. */
  next(): number {
    return ++this.#number
  }

  learnPlace({ id, site_id, type }: Location): void {
    const kind = kinds[type]
    if (kind) this.places.set(id, { id, site_id, kind })
  }

  /** @throws Error for a place that was never answered */
  kindOf(location_id: string): Kind {
    const place = this.places.get(location_id)
    if (!place) throw new Error(`nobody has heard of the place ${location_id}`)
    return place.kind
  }

  /** Mostly a bin; now and then a dock, a bench or a place of quarantine. */
  place(site_id?: string): Place {
    const here = [...this.places.values()].filter(
      (each) => each.kind !== 'in_transit' && (!site_id || each.site_id === site_id),
    )
    const bins = here.filter(({ kind }) => kind === 'bin')
    return this.random.pick(this.random.chance(0.93) ? bins : here)
  }

  site(): string {
    return this.random.chance(0.8) ? this.sites[0]! : this.random.pick(this.sites)
  }

  any(): Goods {
    return this.random.pick(this.goods)
  }

  /** A decimal within the scale of the item. */
  quantity({ item }: Goods, most = 8): string {
    const whole = 1 + this.random.below(most)
    if (item.scale === 0 || item.tracking === 'serial') return String(whole)
    return `${whole}.${String(this.random.below(10 ** item.scale)).padStart(item.scale, '0')}`
  }

  /** How a caller names goods: by id or sku, with a lot or serial where there is one to name. */
  name({ item, lots, serials }: Goods): Record<string, string> {
    const named = this.random.chance(0.5) ? { item_id: item.id } : { sku: item.sku }
    if (item.tracking === 'lot') return { ...named, lot_code: this.random.pick(lots) }
    if (item.tracking !== 'serial' || serials.length === 0) return named as Record<string, string>
    return { ...named, serial_code: this.random.pick(serials) }
  }

  today(days = 0): string {
    return timestamp(this.shop.clock.now() + days * day_ms).slice(0, 10)
  }

  async seeOrder(id: string): Promise<SalesOrder> {
    const order = await this.shop.done<SalesOrder>(`GET /v1/sales_orders/${id}`)
    this.learnOrder(order)
    return order
  }

  fulfilment(id: string): Promise<Fulfilment> {
    return this.shop.done<Fulfilment>(`GET /v1/sales_orders/${id}/fulfilment`)
  }

  learnOrder(order: SalesOrder): void {
    this.model.seeOrder(order)
    this.orders.keep(order)
    const gone = order.lines.some(({ shipped_quantity }) => Number(shipped_quantity) > 0)
    if (gone) this.sent.keep(order)
  }

  async #furnish(): Promise<void> {
    const main = await this.shop.done<SiteSet>('POST /v1/locations/defaults')
    await this.#site(main.site, main.locations)
    const hill = await this.shop.done<Location>('POST /v1/locations', {
      type: 'site',
      code: 'HILL',
    })
    const tree = await this.shop.done<{ data: Location[] }>(
      `GET /v1/locations?site_id=${hill.id}&limit=100`,
    )
    await this.#site(hill, tree.data)
    for (const kind of ['supplier', 'supplier', 'customer', 'customer'] as const) {
      const wanted = { name: `${kind} ${this.next()}`, kinds: [kind], currency: 'USD' }
      const { id } = await this.shop.done<{ id: string }>('POST /v1/parties', wanted)
      this.parties[kind].push(id)
    }
    this.connection = await this.shop.done<CarrierConnection>('POST /v1/carrier_connections', {
      carrier_id: 'ups',
      name: 'UPS',
      mode: 'simulator',
      base_url: this.simulator.baseUrl('ups'),
      credentials: { client_id: 'id', client_secret: 'secret', account_number: 'A1B2C3' },
    })
  }

  async #site(site: Location, locations: Location[]): Promise<void> {
    this.sites.push(site.id)
    const change = { address: address('Dock') }
    await this.shop.done(`PATCH /v1/locations/${site.id}`, change, { etag: '*' })
    for (const each of [site, ...locations]) this.learnPlace(each)
    for (const number of [1, 2, 3]) {
      const wanted = { type: 'bin', code: `${site.code}-B${number}`, parent_id: site.id }
      this.learnPlace(await this.shop.done<Location>('POST /v1/locations', wanted))
    }
  }

  async #fill(): Promise<void> {
    const tracked = ['none', 'none', 'none', 'none', 'none', 'none', 'lot', 'lot', 'serial']
    for (const [index, tracking] of tracked.entries()) {
      const scale = tracking === 'serial' ? 0 : ([0, 0, 0, 0, 2, 3, 0, 1][index] ?? 0)
      const wanted = { sku: `SKU-${index}`, name: `Item ${index}`, tracking, scale, weight_g: 250 }
      const item = await this.shop.done<Item>('POST /v1/items', wanted)
      const lots = tracking === 'lot' ? ['L1', 'L2', 'L3'] : []
      for (const code of lots) {
        const lot = { item_id: item.id, code, expires_on: this.today(40 + 20 * lots.indexOf(code)) }
        this.lots.keep(await this.shop.done<{ id: string; version: number }>('POST /v1/lots', lot))
      }
      this.goods.push({ item, lots, serials: [] })
      this.items.keep(item)
      if (tracking !== 'serial') await this.#stock({ item, lots, serials: [] })
    }
  }

  async #stock(goods: Goods): Promise<void> {
    const bins = [...this.places.values()].filter(({ kind }) => kind === 'bin')
    const lines = bins.map(({ id: location_id }) => ({
      ...this.name(goods),
      location_id,
      quantity: '60',
    }))
    await this.shop.done('POST /v1/stock/adjustments', { reason: 'opening', lines })
    const amount = 60_000_000 * lines.length
    this.model.apply([{ item_id: goods.item.id, from: 'opening', to: 'bin', amount }])
  }

  async #meetTheNeighbour(): Promise<void> {
    const { shop, neighbour } = this
    Object.assign(neighbour, await shop.organization('Neighbour'))
    const { token } = neighbour
    const main = await shop.done<SiteSet>('POST /v1/locations/defaults', undefined, { token })
    neighbour.location_id = main.locations.find(({ type }) => type === 'bin')!.id
    const wanted = { sku: 'SKU-0', name: 'The same sku, of somebody else' }
    neighbour.item_id = (await shop.done<Item>('POST /v1/items', wanted, { token })).id
    const { item_id, location_id } = neighbour
    const lines = [{ item_id, location_id, quantity: 1_000 }]
    await shop.done('POST /v1/stock/adjustments', { reason: 'opening', lines }, { token })
  }
}
