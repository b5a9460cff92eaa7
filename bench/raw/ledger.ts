/**
 * The measure of all postings: what SQLite itself can do. One posting, one movement and two levels
 * per transaction, a savepoint each, and one commit and one sync for all that wait at the moment; no
 * HTTP, no shapes, no rules.
 *
 *     bun bench/raw/ledger.ts '{"folder":"…","clients":64,"duration_ms":2000,"sync":"full"}'
 */
import { closeSync, fdatasync, openSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export interface RawPlan {
  folder: string
  clients: number
  duration_ms: number
  /** Inside COMMIT, or once after it on another thread, as our writer does. */
  sync: 'full' | 'after'
}

export interface RawLoad {
  per_second: number
  p99_ms: number
}

const schema = `
  CREATE TABLE postings (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, occurred_at TEXT NOT NULL,
    reason TEXT NOT NULL) STRICT;
  CREATE TABLE movements (seq INTEGER PRIMARY KEY, posting INTEGER NOT NULL, item_id TEXT NOT NULL,
    source TEXT NOT NULL, target TEXT NOT NULL, quantity INTEGER NOT NULL) STRICT;
  CREATE TABLE levels (item_id TEXT NOT NULL, account_id TEXT NOT NULL, on_hand INTEGER NOT NULL,
    PRIMARY KEY (item_id, account_id)) STRICT, WITHOUT ROWID;`

const item_count = 1_000

function openLedger({ folder, sync }: RawPlan) {
  const path = join(folder, `raw-${sync}-${crypto.randomUUID()}.db`)
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  database.pragma(`synchronous = ${sync === 'full' ? 'FULL' : 'NORMAL'}`)
  database.pragma('cache_size = -2000')
  database.pragma('temp_store = MEMORY')
  database.pragma('wal_autocheckpoint = 4000')
  database.exec(schema)
  return { path, database }
}

function transactionOf(database: Database.Database): () => void {
  const savepoint = database.prepare('SAVEPOINT command')
  const release = database.prepare('RELEASE command')
  const posting = database.prepare('INSERT INTO postings VALUES (?, ?, ?, ?)')
  const movement = database.prepare('INSERT INTO movements VALUES (?, ?, ?, ?, ?, ?)')
  const level = database.prepare(
    `INSERT INTO levels VALUES (?, ?, ?)
      ON CONFLICT (item_id, account_id) DO UPDATE SET on_hand = on_hand + excluded.on_hand`,
  )
  let seq = 0
  return () => {
    seq += 1
    const item_id = `itm_01h455vb4pex5vsknk${(seq * 7919) % item_count}`
    savepoint.run()
    posting.run(seq, crypto.randomUUID(), new Date().toISOString(), 'receipt')
    movement.run(seq, seq, item_id, 'acc_supplier', 'acc_bin', 1)
    level.run(item_id, 'acc_supplier', -1)
    level.run(item_id, 'acc_bin', 1)
    release.run()
  }
}

async function run(plan: RawPlan): Promise<RawLoad> {
  const { path, database } = openLedger(plan)
  const transaction = transactionOf(database)
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')
  const log = openSync(`${path}-wal`, 'r')
  const synced = () =>
    new Promise<void>((resolve, reject) =>
      fdatasync(log, (error) => (error ? reject(error) : resolve())),
    )
  const latencies_ms: number[] = []
  const began_ms = performance.now()
  let waiting = began_ms
  while (waiting - began_ms < plan.duration_ms) {
    begin.run()
    for (let client = 0; client < plan.clients; client++) transaction()
    commit.run()
    if (plan.sync === 'after') await synced()
    const now_ms = performance.now()
    latencies_ms.push(now_ms - waiting)
    waiting = now_ms
  }
  closeSync(log)
  database.close()
  latencies_ms.sort((a, b) => a - b)
  return {
    per_second: (latencies_ms.length * plan.clients) / ((waiting - began_ms) / 1_000),
    p99_ms: latencies_ms[Math.floor(latencies_ms.length * 0.99)]!,
  }
}

if (import.meta.main) {
  process.stdout.write(JSON.stringify(await run(JSON.parse(process.argv[2]!) as RawPlan)))
}
