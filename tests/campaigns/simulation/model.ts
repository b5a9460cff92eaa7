/**
 * What should be where, worked out by plain arithmetic from what was asked and agreed to. It knows
 * nothing of accounts, postings or reservations; the ledger has to come to the same sums.
 */
import type { PurchaseOrder } from '../../../src/purchasing/schema.ts'
import type { SalesOrder } from '../../../src/orders/schema.ts'
import type { Return } from '../../../src/returns/schema.ts'
import type { Reservation } from '../../../src/stock/reservations/schema.ts'

/** The kinds of places and counterparts, as the ledger names them. */
export type Kind =
  | 'opening'
  | 'supplier'
  | 'customer'
  | 'adjustment'
  | 'scrap'
  | 'production'
  | 'receiving'
  | 'bin'
  | 'quarantine'
  | 'packed'
  | 'in_transit'

export interface Effect {
  item_id: string
  from: Kind
  to: Kind
  /** Millionths of the item's base unit. */
  amount: number
}

/** `"2.5"` → 2,500,000: an arithmetic of its own, beside `src/kit/quantity.ts`. */
export const millionths = (quantity: string | number): number =>
  Math.round(Number(quantity) * 1_000_000)

export function require(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what)
}

export class Model {
  /** Item → kind → millionths. */
  readonly sums = new Map<string, Map<Kind, number>>()
  readonly #postings = new Map<string, readonly Effect[]>()
  readonly #documents = new Map<string, { version: number; lines: string }>()
  readonly #orders = new Map<string, SalesOrder>()
  readonly #returns = new Map<string, Return>()
  /** Items that something happened to since the last look. */
  readonly touched = new Set<string>()

  /** @param key the posting or document that can take these effects back later */
  apply(effects: readonly Effect[], key?: string): void {
    for (const { item_id, from, to, amount } of effects) {
      this.#add(item_id, from, -amount)
      this.#add(item_id, to, amount)
    }
    if (key) this.#postings.set(key, effects)
  }

  takeBack(key: string): void {
    const effects = this.#postings.get(key)
    require(effects !== undefined, `${key} was taken back, and nobody knows what it did`)
    this.apply(effects.map(({ from, to, ...rest }) => ({ ...rest, from: to, to: from })))
    this.#postings.delete(key)
  }

  knows(key: string): boolean {
    return this.#postings.has(key)
  }

  #add(item_id: string, kind: Kind, amount: number): void {
    const kinds = this.sums.get(item_id) ?? new Map<Kind, number>()
    kinds.set(kind, (kinds.get(kind) ?? 0) + amount)
    this.sums.set(item_id, kinds)
    this.touched.add(item_id)
  }

  /** False for an answer that was overtaken; one version has one content. */
  #isNews(id: string, version: number, content: unknown): boolean {
    // A document shows its items by their names of today, whatever its own version.
    const lines = JSON.stringify(content, (key, value: unknown) => (key === 'name' ? '' : value))
    const known = this.#documents.get(id)
    if (known && version < known.version) return false
    if (known && version === known.version) {
      const words = `${id} changed and its version ${version} did not`
      require(lines === known.lines, `${words}: ${known.lines}, then ${lines}`)
    }
    this.#documents.set(id, { version, lines })
    return true
  }

  /** Goods of an order are in bins, on the bench, or with the customer. */
  seeOrder(order: SalesOrder): void {
    for (const line of order.lines) requireOrderLine(order, line)
    if (!this.#isNews(order.id, order.version, [order.status, order.lines])) return
    const before = this.#orders.get(order.id)
    for (const line of order.lines) {
      const was = before?.lines.find((each) => each.line === line.line)
      const bench = onBench(line) - (was ? onBench(was) : 0)
      const gone = millionths(line.shipped_quantity) - (was ? millionths(was.shipped_quantity) : 0)
      const { item_id } = line
      if (bench + gone !== 0) {
        this.apply([{ item_id, from: 'bin', to: 'packed', amount: bench + gone }])
      }
      if (gone !== 0) this.apply([{ item_id, from: 'packed', to: 'customer', amount: gone }])
    }
    this.#orders.set(order.id, order)
  }

  seePurchaseOrder({ id, version, status, lines, over_receipt_percent }: PurchaseOrder): void {
    this.#isNews(id, version, [status, lines])
    for (const line of lines) {
      const [ordered, received, rejected, outstanding] = [
        line.quantity,
        line.received_quantity,
        line.rejected_quantity,
        line.outstanding_quantity,
      ].map(millionths) as [number, number, number, number]
      const where = `${id} line ${line.line}`
      require(Math.min(received, rejected, outstanding) >= 0, `${where} is below zero`)
      const most = ordered + (ordered * over_receipt_percent) / 100
      require(received <= most, `${where} received more than is allowed`)
      const missing = Math.max(0, ordered - received)
      const is_over = status === 'closed' || status === 'cancelled'
      require(outstanding === missing || is_over, `${where}: outstanding ${outstanding} is wrong`)
    }
  }

  seeReturn(seen: Return, kindOf: (location_id: string) => Kind): void {
    for (const line of seen.lines) {
      const [whole, received, inspected] = [
        line.quantity,
        line.received_quantity,
        line.inspected_quantity,
      ].map(millionths) as [number, number, number]
      const holds = 0 <= inspected && inspected <= received && received <= whole
      require(holds, `${seen.id} line ${line.line}: ${inspected} of ${received} of ${whole}`)
    }
    if (!this.#isNews(seen.id, seen.version, [seen.status, seen.lines])) return
    const before = this.#returns.get(seen.id)
    for (const line of seen.lines) {
      const was = before?.lines.find((each) => each.line === line.line)?.received_quantity ?? '0'
      const amount = millionths(line.received_quantity) - millionths(was)
      this.apply([{ item_id: line.item_id, from: 'customer', to: 'quarantine', amount }])
    }
    for (const each of seen.dispositions.slice(before?.dispositions.length ?? 0)) {
      const { item_id } = seen.lines.find(({ line }) => line === each.line)!
      const to = each.location_id ? kindOf(each.location_id) : withoutPlace[each.disposition]!
      this.apply([{ item_id, from: 'quarantine', to, amount: millionths(each.quantity) }])
    }
    this.#returns.set(seen.id, seen)
  }

  seeReservation(seen: Reservation): void {
    const [whole, ...parts] = [
      seen.quantity,
      seen.open_quantity,
      seen.confirmed_quantity,
      seen.released_quantity,
    ].map(millionths)
    const sum = parts.reduce((total, part) => total + part, 0)
    require(sum === whole && Math.min(...parts) >= 0, `${seen.id}: ${parts.join('+')} of ${whole}`)
    this.#isNews(seen.id, seen.version, [seen.state, seen.open_quantity])
  }
}

const withoutPlace: Record<string, Kind> = { scrap: 'scrap', return_to_supplier: 'supplier' }

type OrderLine = SalesOrder['lines'][number]

const onBench = (line: OrderLine): number =>
  millionths(line.picked_quantity) + millionths(line.packed_quantity)

function requireOrderLine({ id, status }: SalesOrder, line: OrderLine): void {
  const parts = [
    line.backordered_quantity,
    line.allocated_quantity,
    line.picked_quantity,
    line.packed_quantity,
    line.shipped_quantity,
  ].map(millionths)
  const sum = parts.reduce((total, part) => total + part, 0)
  const whole = millionths(line.quantity)
  const where = `${id} (${status}) line ${line.line}: ${parts.join('+')} of ${whole}`
  require(Math.min(...parts) >= 0, where)
  if (status === 'draft' || status === 'cancelled') require(sum === 0, where)
  else if (status === 'closed') require(sum <= whole && sum === parts[4], where)
  else require(sum === whole, where)
}
