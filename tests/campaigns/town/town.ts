/** An installation with several businesses in different zones, as somebody who knows only answers. */
import pino from 'pino'
import { operations } from '../../../src/app.ts'
import { systemScope } from '../../../src/db/scope.ts'
import { openHouse, type House } from '../../../src/house.ts'
import { timestamp } from '../../../src/kit/clock.ts'
import type { Terms } from '../../../src/kit/terms.ts'
import { CallMeter } from '../../../src/metering/calls/call-meter.ts'
import type { CreatedTenant, Tenant } from '../../../src/tenants/schema.ts'
import { countedIds, Random } from '../../random.ts'
import { Shop, type Answer, type CallInit } from '../../shop.ts'
import { Recent } from '../simulation/world.ts'

type Named = { id: string }
type Versioned = Named & { version: number }

/** Somebody with a token that may only do some things. */
export interface Limited {
  token: string
  scopes: readonly string[]
}

export interface Business extends Named {
  slug: string
  name: string
  token: string
  organization_id: string
  parent_id: string | null
  members: Recent<Named>
  roles: Recent<Versioned>
  invitations: Recent<Named>
  tokens: Recent<Named>
  limited: Limited[]
  domains: Recent<Named>
  mails: Recent<Named>
  requirements: Recent<Named>
}

export const zones = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Santiago',
]

/** Every permission that a business knows, by its name. */
export const all_permissions = [
  ...new Set(
    operations.filter(({ level }) => level !== 'platform').map(({ permission }) => permission),
  ),
]

/** What the patterns `*`, `*.read`, `items.*` and `items.read` allow: the rule as people read it. */
export const granted = (patterns: readonly string[]): Set<string> =>
  new Set(
    all_permissions.filter((permission) => {
      const [noun, verb] = permission.split('.')
      return patterns.some((pattern) =>
        ['*', `*.${verb}`, `${noun}.*`, permission].includes(pattern),
      )
    }),
  )

export class Town {
  readonly businesses = new Map<string, Business>()
  readonly plans: Recent<Versioned & { code: string }>
  readonly flags: Recent<Versioned>
  readonly overrides: Recent<Named>
  readonly staff: Recent<Named>
  /** Texts that the DNS holds, by name. */
  readonly dns = new Map<string, string[]>()
  #number = 0

  private constructor(
    readonly real: Shop,
    readonly house: House,
    readonly calls: CallMeter,
    readonly operator: string,
    readonly random: Random,
  ) {
    this.plans = new Recent(random, 12)
    this.flags = new Recent(random, 6)
    this.overrides = new Recent(random, 12)
    this.staff = new Recent(random, 6)
  }

  static async open(seed: number): Promise<Town> {
    const texts = new Map<string, string[]>()
    const findTexts = (name: string) => Promise.resolve(texts.get(name) ?? [])
    const shop = await Shop.open({ ids: countedIds(), services: { findTexts } })
    // Into a leap year, and through two changes of the hour on the way.
    shop.clock.set('2027-10-01T09:00:00.000Z')
    const { data } = shop
    const calls = new CallMeter(data, pino({ level: 'silent' }))
    const house = openHouse({
      ...{ data, calls, verify_replies: true, log: pino({ level: 'silent' }) },
      services: shop.house.door.services,
      rates: { token: { per_second: 100_000, burst: 1_000_000 } },
    })
    const operator = await shop.operatorToken()
    const town = new Town(shop, house, calls, operator, new Random(seed))
    for (const [name, list] of texts) town.dns.set(name, list)
    town.dns.set = (name, list) => (texts.set(name, list), town.dns)
    await town.#settle()
    return town
  }

  async #settle(): Promise<void> {
    const { id, organization_id, token } = this.real.tenant
    const main = await this.asked<Tenant>(`GET /v1/platform/tenants/${id}`)
    this.keep(main, token, organization_id)
    for (const time_zone of zones.slice(0, 3)) {
      const name = `Founded ${this.next()}`
      const wish = { name, admin_email: `mara${this.next()}@town.test`, time_zone }
      this.learn(await this.asked<CreatedTenant>('POST /v1/platform/tenants', wish))
    }
    const { data } = await this.asked<{ data: (Versioned & { code: string })[] }>(
      'GET /v1/platform/plans?limit=100',
    )
    for (const plan of data) this.plans.keep(plan)
  }

  async close(): Promise<void> {
    await this.calls.stop()
    await this.real.close()
  }

  get main(): string {
    return this.real.tenant.id
  }

  /** The shop that the front door of a simulation sends to. */
  get shop() {
    return { send: this.send }
  }

  readonly send = async <T = Record<string, unknown>>(
    route: string,
    body?: unknown,
    init: CallInit = {},
  ): Promise<Answer<T>> => {
    const [method, path] = route.split(' ') as [string, string]
    const headers: Record<string, string> = {
      authorization: `Bearer ${init.token ?? this.operator}`,
      ...(method !== 'GET' && { 'idempotency-key': init.key ?? `town-${this.next()}` }),
      ...(init.etag && { 'if-match': init.etag }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...init.headers,
    }
    const request = new Request(`http://localhost${path}`, {
      ...{ method, headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const response = await this.house.app.handle(request)
    const text = await response.text()
    const json = response.headers.get('content-type')?.includes('json')
    const answer = json && text ? (JSON.parse(text) as T) : ({} as T)
    return { status: response.status, headers: response.headers, body: answer, text }
  }

  /** What the operator is answered. @throws Error when he is refused */
  async asked<T>(route: string, body?: unknown): Promise<T> {
    const { status, text, body: answer } = await this.send<T>(route, body)
    if (status >= 300) throw new Error(`${route}: ${status} ${text}`)
    return answer
  }

  /** A number nobody had before. */
  next(): number {
    return ++this.#number
  }

  learn({ tenant, api_token, organization_id }: CreatedTenant): void {
    this.keep(tenant, api_token, organization_id)
  }

  keep(
    { id, slug, name, parent_id }: Pick<Tenant, 'id' | 'slug' | 'name' | 'parent_id'>,
    token: string,
    organization_id: string,
  ): void {
    const recent = <T extends Named>() => new Recent<T>(this.random, 8)
    this.businesses.set(id, {
      ...{ id, slug, name, parent_id, token, organization_id, limited: [] },
      ...{ members: recent(), roles: recent(), invitations: recent(), tokens: recent() },
      ...{ domains: recent(), mails: recent(), requirements: recent() },
    })
  }

  business(fits: (one: Business) => boolean = () => true): Business {
    const all = [...this.businesses.values()]
    const fitting = all.filter(fits)
    return this.random.pick(fitting.length > 0 ? fitting : all)
  }

  termsOf(id: string): Terms | undefined {
    return this.house.door.services.terms?.(id)
  }

  /** A moment in some days, or so many ago. */
  inDays(days: number): string {
    return timestamp(this.real.clock.now() + days * 86_400_000)
  }

  statuses(): Map<string, string> {
    const rows = this.real.data.platform.read(systemScope('town'), (read) =>
      read.all<{ id: string; status: string }>('SELECT id, status FROM tenants'),
    )
    return new Map(rows.map(({ id, status }) => [id, status]))
  }
}
