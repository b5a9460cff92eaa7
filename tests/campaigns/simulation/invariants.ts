/** What has to be true whatever was done. The cheap ones are looked at after each command. */
import { operations } from '../../../src/app.ts'
import { proveAudit } from '../../../src/audit/prove.ts'
import { systemScope } from '../../../src/db/scope.ts'
import type { Read } from '../../../src/db/session.ts'
import type { TenantFile } from '../../../src/db/tenant-files.ts'
import { proveIncremental } from '../../../src/ledger/proof/prove-incremental.ts'
import { proveWholeNow } from '../../../src/ledger/proof/prove-whole.ts'
import type { Availability } from '../../../src/stock/schema.ts'
import { require } from './model.ts'
import type { World } from './world.ts'

interface Seen {
  data?: { id?: unknown }[]
}

const scope = systemScope('simulation')

/** How far each thing that only grows has come: equal before and after means that nothing was done. */
export interface Traces {
  events: number
  postings: number
  entries: number
  keys: number
}

export class Invariants {
  readonly #file: TenantFile
  readonly #tables: string[]
  /** A file whose proof was checked before need not be read from its beginning. */
  #audited = 0
  #events = 0
  #number_of = new Map<string, string>()
  proofs = 0

  constructor(private readonly world: World) {
    this.#file = world.shop.data.tenants.at(world.shop.tenant.id)
    this.#tables = this.#read((read) =>
      read.all<{ name: string }>(
        `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
      ),
    ).map(({ name }) => name)
  }

  #read<T>(query: (read: Read) => T): T {
    return this.#file.read(scope, query as never) as T
  }

  traces(): Traces {
    return this.#read((read) =>
      read.get<Traces>(
        `SELECT coalesce((SELECT max(seq) FROM events), 0) AS events,
            coalesce((SELECT max(seq) FROM stock_postings), 0) AS postings,
            coalesce((SELECT max(seq) FROM audit_entries), 0) AS entries,
            (SELECT count(*) FROM idempotency_keys) AS keys`,
      )!,
    )
  }

  /** How many rows each table has: slower, and sees what `traces` does not. */
  rows(): string {
    return this.#read((read) =>
      this.#tables
        .map((name) => `${name} ${read.get<{ n: number }>(`SELECT count(*) AS n FROM ${name}`)!.n}`)
        .join('\n'),
    )
  }

  afterEach(): void {
    this.#eventsAreGapless()
    for (const item_id of this.world.model.touched) this.#sumsAgree(item_id)
    this.world.model.touched.clear()
  }

  async often(): Promise<void> {
    const report = await this.#file.write(scope, (tx) => proveIncremental(tx, 5_000))
    require(report.holds, `the ledger differs: ${JSON.stringify(report.differences)}`)
    this.#auditHolds()
    this.#nothingBelowItsFloor()
    await this.#nothingIsPromisedTwice()
  }

  async all(): Promise<void> {
    await this.often()
    const proof = this.#read(proveWholeNow)
    require(proof.holds, `the ledger differs: ${JSON.stringify(proof.differences)}`)
    this.proofs += 1
    for (const { item } of this.world.goods) this.#sumsAgree(item.id)
    this.#labelsAreBoughtOnce()
    await this.#neighbourSeesNothing()
  }

  #eventsAreGapless(): void {
    const added = this.#read((read) =>
      read.all<{ seq: number }>('SELECT seq FROM events WHERE seq > ? ORDER BY seq', this.#events),
    )
    for (const { seq } of added) {
      require(seq === this.#events + 1, `event ${this.#events + 1} is missing`)
      this.#events = seq
    }
  }

  /** The model's arithmetic against the ledger's levels, per kind of place. */
  #sumsAgree(item_id: string): void {
    const kinds = this.#read((read) =>
      read.all<{ kind: string; amount: number }>(
        `SELECT a.kind, sum(l.on_hand) * (1000000 / (SELECT CAST(pow(10, scale) AS INTEGER)
            FROM items WHERE id = l.item_id)) AS amount
          FROM stock_levels l JOIN stock_accounts a ON a.id = l.account_id
          WHERE l.item_id = ? GROUP BY a.kind`,
        item_id,
      ),
    )
    const found = new Map(kinds.map(({ kind, amount }) => [kind, amount]))
    const expected = this.world.model.sums.get(item_id) ?? new Map<string, number>()
    for (const kind of new Set([...found.keys(), ...expected.keys()])) {
      const [is, ought] = [found.get(kind) ?? 0, expected.get(kind as never) ?? 0]
      require(is === ought, `${item_id} in ${kind}: the ledger has ${is}, the model ${ought}`)
    }
    const sum = [...found.values()].reduce((total, amount) => total + amount, 0)
    require(sum === 0, `${item_id}: all places add up to ${sum}`)
  }

  #auditHolds(): void {
    for (;;) {
      const proof = this.#read((read) => proveAudit(read, { after: this.#audited }))
      require(proof.holds, `the audit trail differs: ${JSON.stringify(proof)}`)
      this.#audited = proof.checked_to
      if (proof.complete) return
    }
  }

  #nothingBelowItsFloor(): void {
    const below = this.#read((read) =>
      read.all(
        `SELECT l.item_id, a.name, l.on_hand, l.reserved, a.floor FROM stock_levels l
          JOIN stock_accounts a ON a.id = l.account_id
          WHERE a.floor IS NOT NULL AND l.on_hand - l.reserved < a.floor LIMIT 3`,
      ),
    )
    require(below.length === 0, `below the floor: ${JSON.stringify(below)}`)
    const held = this.#read((read) =>
      read.all(
        `SELECT l.number, l.reserved, coalesce(sum(r.open_quantity), 0) AS open
          FROM stock_levels l LEFT JOIN stock_reservations r ON r.state = 'open'
            AND r.account_id = l.account_id AND r.item_id = l.item_id AND r.lot_id = l.lot_id
            AND r.serial_id = l.serial_id
          WHERE l.reserved > 0 GROUP BY l.number HAVING open <> l.reserved LIMIT 3`,
      ),
    )
    require(held.length === 0, `reserved is not what is open: ${JSON.stringify(held)}`)
  }

  async #nothingIsPromisedTwice(): Promise<void> {
    const { shop, goods } = this.world
    for (const { item } of goods) {
      const sums = await shop.done<Availability>(`GET /v1/items/${item.id}/availability`)
      const text = JSON.stringify(sums)
      require(Number(sums.on_hand) >= 0 && Number(sums.reserved) >= 0, text)
    }
  }

  /** Whatever a carrier was told: one label for a shipment, and none for one that has no label. */
  #labelsAreBoughtOnce(): void {
    const { simulator } = this.world
    const twice = [...simulator.countsByReference()].filter(([, count]) => count > 1)
    require(twice.length === 0, `bought more than once: ${JSON.stringify(twice)}`)
    const standing = new Set(simulator.purchases().map(({ reference }) => reference))
    const shipments = this.#read((read) =>
      read.all<{ id: string; status: string }>(
        `SELECT id, status FROM shipments WHERE status NOT IN ('purchasing', 'uncertain')`,
      ),
    )
    for (const { id, status } of shipments) {
      const bought = !['draft', 'rated', 'cancelled'].includes(status)
      require(bought === standing.has(id), `${id} is ${status}, the carrier says otherwise`)
    }
  }

  /** Every list of the neighbour holds his own rows only. */
  async #neighbourSeesNothing(): Promise<void> {
    const { shop, neighbour } = this.world
    const lists = operations.filter(
      ({ method, path, level, effect, query }) =>
        method === 'GET' &&
        level === 'organization' &&
        effect === 'read' &&
        !path.includes(':') &&
        !query.required?.length,
    )
    for (const { path, permission } of lists) {
      const init = { token: neighbour.token }
      const { body, status, text } = await shop.send<Seen>(`GET ${path}`, undefined, init)
      // What belongs to a person is no token's to see.
      if (status === 403 && permission.startsWith('account.')) continue
      require(status === 200, `${path} for the neighbour: ${text}`)
      for (const { id } of body.data ?? []) {
        if (typeof id !== 'string' || !/^[a-z]+_[0-9a-z]{26}$/.test(id)) continue
        const owner = this.#ownerOf(id)
        const mine = owner === '' || owner === neighbour.id
        require(mine, `${path} shows ${id} of ${owner} to ${neighbour.id}`)
      }
    }
  }

  /** The organization whose row this is, wherever it is kept; empty where nobody's is. */
  #ownerOf(id: string): string {
    const known = this.#number_of.get(id)
    if (known !== undefined) return known
    let owner = ''
    for (const table of this.#ownedTables()) {
      const row = this.#read((read) =>
        read.get<{ owner: string }>(
          `SELECT organization_id AS owner FROM ${table} WHERE id = ?`,
          id,
        ),
      )
      if (row?.owner) owner = row.owner
    }
    this.#number_of.set(id, owner)
    return owner
  }

  #owned: string[] | undefined
  #ownedTables(): string[] {
    return (this.#owned ??= this.#tables.filter((table) => {
      const columns = this.#read((read) =>
        read.all<{ name: string }>('SELECT name FROM pragma_table_info(?)', table),
      ).map(({ name }) => name)
      return columns.includes('id') && columns.includes('organization_id')
    }))
  }
}
