/** A shop that has been lived in: one of every document, so that every kind of id exists. */
import { startSimulator, type Simulator } from '../src/carriers/simulator/simulator.ts'
import type { Shop } from './shop.ts'

type Made = { id: string } & Record<string, unknown>

const address = {
  person_name: 'Ada Lane',
  address_line1: '200 Main Street',
  city: 'Chicago',
  state_code: 'IL',
  postal_code: '60601',
  country_code: 'US',
  phone_number: '3125550100',
}

/** Works through the whole loop with this token, from an item to a return. */
export async function liveIn(shop: Shop, token: string): Promise<void> {
  const simulator = await startSimulator({ seed: 3, clock: shop.clock })
  try {
    await new Tenant(shop, token, simulator).live()
  } finally {
    await simulator.stop()
  }
}

class Tenant {
  constructor(
    private readonly shop: Shop,
    private readonly token: string,
    private readonly simulator: Simulator,
  ) {}

  async live(): Promise<void> {
    const { bin, dock } = await this.#furnish()
    const item = await this.#do('items', { sku: 'MUG', name: 'Mug', weight_g: 350 })
    const tea = await this.#do('items', { sku: 'TEA', name: 'Tea', tracking: 'lot' })
    const mill = await this.#do('items', { sku: 'MILL', name: 'Mill', tracking: 'serial' })
    await this.#buy([item, tea, mill], dock)
    await this.#stock(item, bin, dock)
    const order = await this.#sell(item)
    await this.#takeBack(order)
    await this.#do('webhook_endpoints', { url: 'http://127.0.0.1:9/hooks' })
    await this.#do('tokens', { name: 'Till', scopes: ['items.read'] })
    await this.#do('roles', { name: 'Night shift', permissions: ['pick_orders'] })
    await this.#do('invitations', { email: 'lotte@harbour.test', role: 'member' })
  }

  async #furnish(): Promise<{ bin: string; dock: string }> {
    const { site, locations } = await this.#do<{
      site: Made & { receiving_id: string }
      locations: { id: string; type: string }[]
    }>('locations/defaults')
    await this.shop.done(`PATCH /v1/locations/${site.id}`, { address }, this.#init({ etag: '*' }))
    const bin = locations.find(({ type }) => type === 'bin')!.id
    return { bin, dock: site.receiving_id }
  }

  async #buy([item, tea, mill]: Made[], location_id: string): Promise<void> {
    const supplier = await this.#do('parties', { name: 'Kiln', kinds: ['supplier'] })
    const order = await this.#do('purchase_orders', {
      supplier_id: supplier.id,
      currency: 'USD',
      lines: [item, tea, mill].map((each) => ({ item_id: each!.id, quantity: 2 })),
    })
    await this.#do(`purchase_orders/${order.id}/send`)
    await this.#do(`purchase_orders/${order.id}/receipts`, {
      lines: [
        { line: 1, quantity: 2, location_id },
        { line: 2, quantity: 2, location_id, lot_code: 'L-1', expires_on: '2027-12-31' },
        { line: 3, serial_codes: ['S-1', 'S-2'], location_id },
      ],
    })
  }

  async #stock(item: Made, bin: string, dock: string): Promise<void> {
    const line = { item_id: item.id, location_id: bin, quantity: 50 }
    await this.#do('stock/adjustments', { reason: 'opening', lines: [line] })
    await this.#do('reservations', { item_id: item.id, quantity: 1, location_id: bin })
    await this.#do('counts', { location_ids: [dock] })
    const other = await this.#do('locations', { type: 'site', code: 'NORTH', address })
    await this.#do('transfers', {
      to_site_id: other.id,
      lines: [{ item_id: item.id, from_location_id: bin, quantity: 1 }],
    })
    await this.#do('stock/periods', { until: '2026-01-01T00:00:00.000Z' })
  }

  async #sell(item: Made): Promise<Made> {
    const connection = await this.#do('carrier_connections', {
      carrier_id: 'ups',
      name: 'UPS',
      mode: 'simulator',
      base_url: this.simulator.baseUrl('ups'),
      credentials: { client_id: 'id', client_secret: 'secret', account_number: 'A1B2C3' },
    })
    const lines = [{ item_id: item.id, quantity: 2 }]
    const order = await this.#do('sales_orders', { currency: 'USD', ship_to: address, lines })
    await this.#do(`sales_orders/${order.id}/place`)
    await this.#do(`sales_orders/${order.id}/picks`, {})
    await this.#do(`sales_orders/${order.id}/parcels`, { parcels: [{ weight_g: 900 }] })
    const shipment = await this.#do('shipments', { order_id: order.id })
    await this.#do(`shipments/${shipment.id}/rates`)
    const choice = { connection_id: connection.id, service: 'ups_ground' }
    await this.#do(`shipments/${shipment.id}/purchase`, choice)
    return order
  }

  async #takeBack(order: Made): Promise<void> {
    await this.#do('returns', {
      sales_order_id: order.id,
      reason: 'unwanted',
      lines: [{ line: 1, quantity: 1 }],
    })
  }

  #init(more: { etag?: string } = {}) {
    return { token: this.token, ...more }
  }

  #do<T = Made>(path: string, body?: unknown): Promise<T> {
    return this.shop.done<T>(`POST /v1/${path}`, body, this.#init())
  }
}
