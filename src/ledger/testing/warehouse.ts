/** One small warehouse on a real file: named accounts, a clock that stands still, ids in order. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ManualClock } from '../../kit/clock.ts'
import type { IdSource } from '../../kit/id.ts'
import { Problem } from '../../kit/problem.ts'
import { DatabaseFile } from '../../db/file.ts'
import { migrate } from '../../db/migrate.ts'
import { systemScope } from '../../db/scope.ts'
import type { Read, Sync, Write } from '../../db/session.ts'
import { openAccount } from '../accounts/open.ts'
import { post, type PostInput } from '../post.ts'
import { levelOf } from '../read.ts'
import type { Level, Posted } from '../schema.ts'

export const organization = 'org_harbour'

const countingIds = (): IdSource => {
  let next = 0
  return (prefix) => `${prefix}_${String((next += 1)).padStart(8, '0')}`
}

export class Warehouse {
  readonly clock = new ManualClock('2026-11-21T09:00:00.000Z')
  readonly accounts: Record<string, string> = {}
  readonly #folder = mkdtempSync(join(tmpdir(), 'stowage-ledger-'))
  readonly file = new DatabaseFile(join(this.#folder, 'tenant.db'), this.clock, countingIds())

  private constructor() {
    migrate(this.file.connection, 'tenant')
  }

  /** Two bins and a dock at the site `pier`, one bin at `hill`, and every counterpart. */
  static async open(): Promise<Warehouse> {
    const warehouse = new Warehouse()
    await warehouse.write((tx) => {
      const open = (name: string, input: Omit<Parameters<typeof openAccount>[1], 'name'>) => {
        warehouse.accounts[name] = openAccount(tx, { ...input, name }).id
      }
      open('bin1', { kind: 'bin', location_id: 'loc_bin1', site_id: 'loc_pier' })
      open('bin2', { kind: 'bin', location_id: 'loc_bin2', site_id: 'loc_pier' })
      open('hill', { kind: 'bin', location_id: 'loc_bin3', site_id: 'loc_hill' })
      open('dock', { kind: 'receiving', location_id: 'loc_pier' })
      open('packed', { kind: 'packed', location_id: 'loc_pier' })
      open('transit', { kind: 'in_transit', location_id: 'loc_pier' })
      open('aside', { kind: 'quarantine', location_id: 'loc_pier' })
      open('backroom', {
        kind: 'bin',
        location_id: 'loc_backroom',
        floor: -3,
        floor_reason: 'Sold before it is put away',
      })
      for (const kind of ['opening', 'supplier', 'customer', 'adjustment', 'scrap'] as const) {
        open(kind, { kind })
      }
      open('production', { kind: 'production' })
    })
    return warehouse
  }

  async close(): Promise<void> {
    await this.file.close()
    rmSync(this.#folder, { recursive: true })
  }

  write<T>(command: (tx: Write) => Sync<T>, organization_id = organization): Promise<T> {
    return this.file.write(systemScope('test', organization_id), command)
  }

  read<T>(query: (read: Read) => Sync<T>, organization_id = organization): T {
    return this.file.read(systemScope('test', organization_id), query)
  }

  account(name: string): string {
    const id = this.accounts[name]
    if (!id) throw new Error(`no account ${name}`)
    return id
  }

  /** `itm` or `itm/lot` or `itm/lot/serial` at an account's name. */
  level(goods: string, account: string): Level {
    return this.read((read) => levelOf(read, { ...parseGoods(goods), ...this.at(account) }))
  }

  at(account: string) {
    return { account_id: this.account(account) }
  }

  /** `post('receipt', 'supplier>bin1 tea 10', …)`. */
  post(reason: string, ...lines: string[]): Promise<Posted> {
    return this.write((tx) => post(tx, this.posting(reason, ...lines)))
  }

  posting(reason: string, ...lines: string[]): PostInput {
    return { reason, movements: lines.map((line) => this.movement(line)) }
  }

  /** `supplier>bin1 tea 10`, and the reservation it confirms as a fourth word. */
  movement(line: string) {
    const [way, goods, quantity, reservation_id] = line.split(' ') as [
      string,
      string,
      string,
      string?,
    ]
    const [source, target] = way.split('>') as [string, string]
    return {
      ...parseGoods(goods),
      source: this.account(source),
      target: this.account(target),
      quantity: Number(quantity),
      reservation_id,
    }
  }
}

export function parseGoods(goods: string) {
  const [item_id = '', lot_id = '', serial_id = ''] = goods.split('/')
  return { item_id, lot_id, serial_id }
}

/** `ok`, or the code of the problem; anything else is our own mistake and is thrown. */
export async function outcomeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
    return 'ok'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

/** The problem that an attempt must end with. */
export async function problemOf(attempt: Promise<unknown>): Promise<Problem> {
  try {
    await attempt
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('it should have been refused')
}

/**
 * Runs a table: each line is an event, and its last word what must come of it.
 *
 *     receipt  supplier>bin1 tea 10                       ok
 *     sale     bin1>customer tea 6, bin1>customer tea 6   insufficient_stock
 *     level    bin1 tea                                   10
 */
export async function play(warehouse: Warehouse, table: string): Promise<string[]> {
  const wrong: string[] = []
  for (const line of table.split('\n').map((text) => text.trim())) {
    if (!line) continue
    const words = line.split(/\s+/)
    const expected = words.pop()!
    const [event, ...rest] = words as [string, ...string[]]
    const found =
      event === 'level'
        ? String(warehouse.level(rest[1]!, rest[0]!).on_hand)
        : await outcomeOf(warehouse.post(event, ...rest.join(' ').split(', ')))
    if (found !== expected) wrong.push(`${line} but was ${found}`)
  }
  return wrong
}
