/** A shop whose use is counted, under terms that a test chooses. */
import pino from 'pino'
import { Shop, type Answer, type CallInit } from '../../../tests/shop.ts'
import { systemScope, type Scope } from '../../db/scope.ts'
import { openHouse, type House } from '../../house.ts'
import type { Terms } from '../../kit/terms.ts'
import { accessChanged } from '../../operations/access-changed.ts'
import type { Services } from '../../operations/services.ts'
import { CallMeter } from '../calls/call-meter.ts'

export const generous: Terms = {
  plan: { code: 'growth', name: 'Growth' },
  refusals: {},
  limits: {},
  quotas: {},
  rates: {},
  is_paying: true,
  time_zone: 'Europe/Berlin',
  period_day: 1,
}

export class Metered {
  terms: Terms = generous
  readonly services: Services
  readonly calls: CallMeter
  readonly house: House

  private constructor(readonly shop: Shop) {
    const log = pino({ level: 'silent' })
    const { data } = shop
    this.services = { ...shop.house.door.services, terms: () => this.terms }
    this.calls = new CallMeter(data, log)
    const rates = { token: { per_second: 100_000, burst: 100_000 } }
    const { calls, services } = this
    this.house = openHouse({ data, services, log, rates, calls, verify_replies: true })
  }

  static async open(terms: Partial<Terms> = {}): Promise<Metered> {
    const metered = new Metered(await Shop.open())
    metered.under(terms)
    return metered
  }

  async close(): Promise<void> {
    await this.calls.stop()
    await this.shop.close()
  }

  /** From now on these terms apply. */
  under(terms: Partial<Terms>): void {
    this.terms = { ...generous, ...terms }
    accessChanged()
  }

  /** A request that is counted; those of `shop` itself are not. */
  async send(route: string, body?: unknown, init: CallInit = {}): Promise<Answer> {
    const [method, path] = route.split(' ') as [string, string]
    const response = await this.house.app.handle(
      new Request(`http://localhost${path}`, {
        method,
        headers: {
          authorization: `Bearer ${init.token ?? this.shop.tenant.token}`,
          ...(method !== 'GET' && { 'idempotency-key': init.key ?? crypto.randomUUID() }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...init.headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    const text = await response.text()
    const parsed = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
    return { status: response.status, headers: response.headers, body: parsed, text }
  }

  /** The shop as it is seen under these terms: for somebody in the console. */
  get seen(): Shop {
    return Object.create(this.shop, { house: { value: this.house } }) as Shop
  }

  get scope(): Scope {
    const { id, organization_id } = this.shop.tenant
    return { ...systemScope('test', organization_id, id), terms: this.terms }
  }

  get file() {
    return this.shop.data.tenants.at(this.shop.tenant.id)
  }
}
