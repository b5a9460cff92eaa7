/** Many clients of one business at once, who remember every answer they were given. */
import type { Random } from '../random.ts'

interface Given {
  path: string
  body: unknown
  /** The answer, byte for byte. */
  text: string
}

const addresses = {
  shipper: {
    company_name: 'Crash and Sons',
    address_line1: '1 Pier Road',
    city: 'Brooklyn',
    state_code: 'NY',
    postal_code: '11201',
    country_code: 'US',
    phone_number: '2125550100',
  },
  recipient: {
    person_name: 'Ada Lane',
    address_line1: '200 Main Street',
    city: 'Chicago',
    state_code: 'IL',
    postal_code: '60601',
    country_code: 'US',
    phone_number: '3125550100',
  },
}

export class Shopper {
  readonly acknowledged = new Map<string, Given>()
  /** Sent, and never answered: the next life may answer them, with one effect all the same. */
  readonly #unanswered = new Map<string, Omit<Given, 'text'>>()
  readonly #shipments: string[] = []
  retried = 0
  #sent = 0

  private constructor(
    private readonly token: string,
    private readonly random: Random,
    private readonly items: string[],
    private readonly location_id: string,
    private readonly connection_id: string,
  ) {}

  /** Items, a place for them, opening stock, and a carrier that is simulated. */
  static async moveIn(
    url: string,
    token: string,
    carrier_url: string,
    random: Random,
  ): Promise<Shopper> {
    const post = async <T>(path: string, body?: unknown): Promise<T> => {
      const response = await send(url, token, path, body, crypto.randomUUID())
      if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
      return (await response.json()) as T
    }
    const { locations } = await post<{ locations: { id: string; type: string }[] }>(
      '/v1/locations/defaults',
    )
    const location_id = locations.find(({ type }) => type === 'bin')!.id
    const items: string[] = []
    for (let n = 0; n < 20; n++) {
      const item = await post<{ id: string }>('/v1/items', { sku: `ITEM-${n}`, name: `Item ${n}` })
      items.push(item.id)
    }
    const lines = items.map((item_id) => ({ item_id, location_id, quantity: 1_000 }))
    await post('/v1/stock/adjustments', { reason: 'opening', note: 'opening', lines })
    const connection = await post<{ id: string }>('/v1/carrier_connections', {
      carrier_id: 'ups',
      name: 'UPS, simulated',
      mode: 'simulator',
      base_url: carrier_url,
      credentials: { client_id: 'id', client_secret: 'secret', account_number: 'A1B2C3' },
    })
    return new Shopper(token, random, items, location_id, connection.id)
  }

  /** Works until the server is gone. */
  async shopUntilClosed(url: string, clients: number): Promise<void> {
    await Promise.all(Array.from({ length: clients }, () => this.#client(url)))
  }

  /** Every purchase in doubt is asked for until it is settled. */
  async settleAll(url: string): Promise<void> {
    for (const id of this.#shipments) {
      const response = await fetch(`${url}/v1/shipments/${id}`, {
        headers: { authorization: `Bearer ${this.token}` },
      })
      const { status } = (await response.json()) as { status: string }
      if (status !== 'purchasing' && status !== 'uncertain') continue
      await send(url, this.token, `/v1/shipments/${id}/settle`, undefined, crypto.randomUUID())
    }
  }

  /** @param counts how many postings carry each note: the note is the request's own key */
  requireExactlyOnce(counts: ReadonlyMap<string, number>): void {
    for (const [key, { path }] of this.acknowledged) {
      if (path !== '/v1/stock/adjustments') continue
      const count = counts.get(key) ?? 0
      if (count !== 1) throw new Error(`${key} was acknowledged and is there ${count} times`)
    }
    for (const [note, count] of counts) {
      if (count !== 1) throw new Error(`the posting ${note} is there ${count} times`)
    }
  }

  async #client(url: string): Promise<void> {
    try {
      for (;;) await this.#step(url)
    } catch (error) {
      if (error instanceof TypeError || (error as { code?: string }).code) return
      throw error
    }
  }

  async #step(url: string): Promise<void> {
    const chance = this.random.next()
    if (chance < 0.1) return this.#repeat(url)
    if (chance < 0.2) return this.#again(url)
    if (chance < 0.25) return this.#ship(url)
    const key = `key-${this.random.seed}-${this.#sent++}`
    const quantity = this.random.pick([1, 2, 5, -1, -2])
    const line = { item_id: this.random.pick(this.items), location_id: this.location_id, quantity }
    const reason = quantity > 0 ? 'found' : 'damage'
    await this.#act(url, '/v1/stock/adjustments', { reason, note: key, lines: [line] }, key)
  }

  /** What was never answered is sent again, with its own key. */
  async #again(url: string): Promise<void> {
    const [first] = this.#unanswered
    if (!first) return
    const [key, { path, body }] = first
    this.#unanswered.delete(key)
    this.retried += 1
    await this.#act(url, path, body, key)
  }

  /** What was answered is sent again: the same bytes come back. */
  async #repeat(url: string): Promise<void> {
    const keys = [...this.acknowledged.keys()]
    const key = keys[this.random.below(keys.length)]
    if (!key) return
    const { path, body, text } = this.acknowledged.get(key)!
    const response = await send(url, this.token, path, body, key)
    const again = await response.text()
    if (again !== text) throw new Error(`${key} was answered ${text} and then ${again}`)
  }

  async #ship(url: string): Promise<void> {
    const parcels = [{ weight: 1, weight_unit: 'KG' }]
    const body = { ...addresses, parcels }
    const draft = await send(url, this.token, '/v1/shipments', body, crypto.randomUUID())
    if (!draft.ok) throw new Error(await draft.text())
    const { id } = (await draft.json()) as { id: string }
    this.#shipments.push(id)
    const choice = { connection_id: this.connection_id, service: 'ups_ground' }
    await this.#act(url, `/v1/shipments/${id}/purchase`, choice, `buy-${id}`)
  }

  async #act(url: string, path: string, body: unknown, key: string): Promise<void> {
    this.#unanswered.set(key, { path, body })
    const response = await send(url, this.token, path, body, key)
    const text = await response.text()
    this.#unanswered.delete(key)
    if (response.ok) this.acknowledged.set(key, { path, body, text })
    else if (response.status >= 500 && response.status !== 503) throw new Error(`${path}: ${text}`)
  }
}

const send = (url: string, token: string, path: string, body: unknown, key: string) =>
  fetch(url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'idempotency-key': key,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
