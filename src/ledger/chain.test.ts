import { createHash } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'bun:test'
import { post } from './post.ts'
import { headOf } from './read.ts'
import { Warehouse } from './testing/warehouse.ts'

let shop: Warehouse
beforeEach(async () => {
  shop = await Warehouse.open()
})
afterEach(() => shop.close())

/** What an outsider does with the documented encoding and an export, sharing none of our code. */
function verifyOutside(rows: Record<string, unknown>[], lines: Record<string, unknown>[]): string {
  const netstring = (value: unknown) => {
    const bytes = new TextEncoder().encode(String(value ?? ''))
    return Buffer.concat([Buffer.from(`${bytes.length}:`), bytes])
  }
  let hash = '0'.repeat(64)
  for (const row of rows) {
    const own = lines.filter((line) => line.posting_seq === row.seq)
    const fields = [
      'stowage.posting.1',
      ...'seq id organization_id reason occurred_at recorded_at actor_kind actor_id actor_name'
        .split(' ')
        .map((name) => row[name]),
      ...'reference_type reference_id request_id note reverses'.split(' ').map((name) => row[name]),
      own.length,
      ...own.flatMap((line) =>
        'item_id lot_id serial_id source target quantity reservation_id'
          .split(' ')
          .map((name) => line[name]),
      ),
    ]
    const text = Buffer.concat([Buffer.from(hash), ...fields.map(netstring)])
    hash = createHash('sha256').update(text).digest('hex')
  }
  return hash
}

test('an outsider arrives at the same head, from the file and the documentation alone', async () => {
  await shop.write((tx) =>
    post(tx, {
      ...shop.posting('opening', 'opening>bin1 tea 10', 'opening>bin1 tea/lot1 3'),
      note: 'Grüße: 3:abc ☕',
      reference: 'https://example.com/é?x=1:2',
    }),
  )
  const { posting } = await shop.post('sale', 'bin1>customer tea 1')
  const { connection } = shop.file
  const all = (sql: string) => connection.prepare(sql).all() as Record<string, unknown>[]
  const head = verifyOutside(
    all('SELECT * FROM stock_postings ORDER BY seq'),
    all('SELECT * FROM stock_movements ORDER BY position'),
  )
  expect(head).toBe(posting.hash)
  expect(shop.read(headOf)).toEqual({ seq: 2, hash: head })
})

test('an empty ledger has a head too', () => {
  expect(shop.read(headOf)).toEqual({ seq: 0, hash: '0'.repeat(64) })
})

test('the database takes no posting that does not follow the one before', async () => {
  await shop.post('opening', 'opening>bin1 tea 10')
  const insert = (seq: number, previous: string) => () =>
    shop.file.connection.exec(
      `INSERT INTO stock_postings SELECT ${seq}, 'pst_x', organization_id, reason, occurred_at,
        recorded_at, actor_kind, actor_id, actor_name, '', '', '', '', NULL, 1, ${previous}, hash
        FROM stock_postings WHERE seq = 1`,
    )
  expect(insert(3, 'hash')).toThrow('follows the one before')
  expect(insert(2, 'zeroblob(32)')).toThrow('follows the one before')
  expect(insert(2, 'hash')).not.toThrow()
})
