/** One small company for all tests: a real data folder, a real door, and fetch through it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { ManualClock } from '../src/kit/clock.ts'
import { DataFolder, type DataFolderOptions } from '../src/db/data-folder.ts'
import { systemScope } from '../src/db/scope.ts'
import { keepPublicUrl } from '../src/domains/public-address.ts'
import { enrolMember } from '../src/access/add-member.ts'
import { issueToken } from '../src/access/issue-token.ts'
import { openHouse, type House } from '../src/house.ts'
import { openObjects } from '../src/objects/open-objects.ts'
import type { Services } from '../src/operations/services.ts'
import { openFeatures, openTerms } from '../src/terms.ts'
import { foundTenant, type FoundedTenant } from '../src/tenants/found.ts'

export interface Answer<T = Record<string, unknown>> {
  status: number
  headers: Headers
  body: T
  text: string
}

export interface CallInit {
  token?: string
  key?: string
  etag?: string
  headers?: Record<string, string>
}

/** What a test uses of the outside. */
const testServices = (data: DataFolder): Services => ({
  objects: openObjects(
    { kind: 'local' },
    {
      folderOf: (tenant_id) => data.tenants.folderOf(tenant_id),
      scratch_folder: join(data.path, 'scratch'),
    },
  ),
  public_url: 'http://localhost',
  terms: openTerms(data),
  features: openFeatures(data),
  master_key: new Uint8Array(32).fill(7),
  private_hosts: ['127.0.0.0/8'],
})

export interface ShopOptions extends Pick<DataFolderOptions, 'ids'> {
  /** What this test uses of the outside in another way. */
  services?: Partial<Services>
}

export class Shop {
  /** For looking behind the door. */
  readonly scope = systemScope('test')

  private constructor(
    readonly folder: string,
    readonly clock: ManualClock,
    readonly data: DataFolder,
    readonly house: House,
    readonly tenant: FoundedTenant,
  ) {}

  /** Opens a shop: one tenant, one organization, one token that may do everything. */
  static async open({ services, ...options }: ShopOptions = {}): Promise<Shop> {
    const folder = mkdtempSync(join(tmpdir(), 'stowage-shop-'))
    const clock = new ManualClock('2026-11-21T09:00:00.000Z')
    const data = await DataFolder.open(folder, { ...options, clock })
    const all = { ...testServices(data), ...services }
    await keepPublicUrl(data, all.public_url)
    const house = openHouse({
      data,
      services: all,
      log: pino({ level: 'error' }),
      rates: { token: { per_second: 1_000, burst: 100_000 } },
      verify_replies: true,
    })
    const tenant = await foundTenant(data, systemScope('test'), {
      name: 'Harbour Goods',
      domain: 'harbour',
      admin_email: 'mara@harbour.test',
      environment: 'sandbox',
    })
    return new Shop(folder, clock, data, house, tenant)
  }

  async close(): Promise<void> {
    await this.house.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Sends a request through the front door. A write gets a fresh Idempotency-Key unless told. */
  async send<T = Record<string, unknown>>(
    route: string,
    body?: unknown,
    init: CallInit = {},
  ): Promise<Answer<T>> {
    const [method, path] = route.split(' ') as [string, string]
    const headers: Record<string, string> = {
      authorization: `Bearer ${init.token ?? this.tenant.token}`,
      ...(method !== 'GET' && { 'idempotency-key': init.key ?? crypto.randomUUID() }),
      ...(init.etag && { 'if-match': init.etag }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...init.headers,
    }
    const response = await this.house.app.handle(
      new Request(`http://localhost${path}`, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    const text = await response.text()
    const json = response.headers.get('content-type')?.includes('json')
    const answer = json && text ? (JSON.parse(text) as T) : ({} as T)
    return { status: response.status, headers: response.headers, body: answer, text }
  }

  /** As `send`, and throws unless it succeeded: for the steps that lead to what a test is about. */
  async done<T = Record<string, unknown>>(
    route: string,
    body?: unknown,
    init: CallInit = {},
  ): Promise<T> {
    const answer = await this.send<T>(route, body, init)
    if (answer.status >= 300) throw new Error(`${route}: ${answer.status} ${answer.text}`)
    return answer.body
  }

  /** A token of the operator, who stands above all businesses. */
  async operatorToken(scopes: readonly string[] = ['*']): Promise<string> {
    const { token } = await this.data.platform.write(systemScope('test'), (tx) =>
      issueToken(tx, {
        name: 'Operator',
        level: 'platform',
        tenant_id: '',
        organization_id: '',
        scopes,
        expires_at: null,
        allowed_ips: [],
      }),
    )
    return token
  }

  /** Another organization in the same business, and a token that reaches no further than it. */
  async organization(name: string): Promise<{ id: string; token: string }> {
    const { id } = await this.done<{ id: string }>('POST /v1/organizations', { name })
    const wish = { name, organization_id: id, scopes: ['*'] }
    const { token } = await this.done<{ token: string }>('POST /v1/tokens', wish)
    return { id, token }
  }

  /** Somebody who has an account joins another organization, as by an invitation. */
  async join(email: string, role: string, organization_id: string): Promise<void> {
    const { id } = this.tenant
    await this.data.tenants
      .at(id)
      .write(systemScope('test', organization_id, id), (tx) =>
        enrolMember(tx, { email, name: email, role, password_hash: null }),
      )
  }

  /** The types of events after a position, in order. */
  events(after = 0): string[] {
    return this.data.tenants
      .at(this.tenant.id)
      .read(systemScope('test'), (read) =>
        read.all<{ type: string }>('SELECT type FROM events WHERE seq > ? ORDER BY seq', after),
      )
      .map((event) => event.type)
  }
}
