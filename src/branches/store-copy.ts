/** What is done to the copy of a file before it becomes a business of its own. */
import type { Connection } from '../db/driver.ts'
import type { Read, Write } from '../db/session.ts'
import { genesis_hash, hashPosting } from '../ledger/chain.ts'
import type { Movement, PostingHead } from '../ledger/schema.ts'
import { pause } from '../archives/store-file.ts'

/**
 * Empties tables, also those that the rules of a file in use protect: the rules are put back. The
 * file is the caller's alone.
 */
export function emptyTables(connection: Connection, names: readonly string[]): void {
  connection.pragma('foreign_keys = OFF')
  try {
    connection.transaction(() => {
      for (const name of names) emptyTable(connection, name)
      const orphans = connection.pragma('foreign_key_check') as { table: string }[]
      if (orphans.length > 0) throw new Error(`Rows of ${orphans[0]!.table} refer to nothing.`)
    })()
  } finally {
    connection.pragma('foreign_keys = ON')
  }
}

function emptyTable(connection: Connection, name: string): void {
  const triggers = connection
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?")
    .all(name) as { name: string; sql: string }[]
  for (const trigger of triggers) connection.exec(`DROP TRIGGER "${trigger.name}"`)
  connection.exec(`DELETE FROM "${name}"`)
  for (const { sql } of triggers) connection.exec(sql)
}

/** Names of the tables that are there, of those that are wished for. */
export const presentTables = (connection: Connection, wished: readonly string[]): string[] => {
  const there = connection
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all() as string[]
  return wished.filter((name) => there.includes(name))
}

/** Nobody has a password here: people come over from the live business. */
export const forgetPasswords = (tx: Write): number =>
  tx.run('UPDATE users SET password_hash = NULL, last_seen_at = NULL')

/** Who comes over has proven himself there; addresses that may come in stay confined. */
export const askNoSecondFactor = (tx: Write): number =>
  tx.run('UPDATE security_settings SET require_two_factor = 0, two_factor_deadline = NULL')

/** Nothing here asks a real carrier about a real parcel. */
export const stopTracking = (tx: Write): number =>
  tx.run('UPDATE trackers SET next_ask_at = NULL WHERE next_ask_at IS NOT NULL')

export interface ConnectionRow {
  id: string
  carrier_id: string
}

export const connectionRows = (read: Read): ConnectionRow[] =>
  read.all('SELECT id, carrier_id FROM carrier_connections')

/** Without a simulator it is paused: its credentials are nobody's. */
export const setSimulated = (
  tx: Write,
  id: string,
  row: { base_url: string | null; credentials: Uint8Array; config: string },
): number =>
  tx.run(
    `UPDATE carrier_connections SET mode = ?, base_url = ?, credentials = ?, config = ?,
       active = CASE WHEN ? IS NULL THEN 0 ELSE active END, version = version + 1, updated_at = ?
     WHERE id = ?`,
    row.base_url === null ? 'sandbox' : 'simulator',
    row.base_url,
    row.credentials,
    row.config,
    row.base_url,
    tx.now,
    id,
  )

export const headOfLedger = (read: Read): { postings: number; head_hash: string } => {
  const head = read.get<{ seq: number; hash: string }>(
    'SELECT seq, lower(hex(hash)) AS hash FROM stock_postings ORDER BY seq DESC LIMIT 1',
  )
  return { postings: head?.seq ?? 0, head_hash: head?.hash ?? genesis_hash.toString('hex') }
}

type PostingRow = PostingHead & { organization_id: string }

/** Postings between two pauses. */
const slice = 300

/**
 * Chains the postings anew, from the first: names are part of what is hashed, and they were
 * replaced. Runs while the table has no triggers.
 */
export async function chainAnew(connection: Connection): Promise<void> {
  const movementsOf = connection.prepare(
    'SELECT * FROM stock_movements WHERE position BETWEEN ? AND ? ORDER BY position',
  )
  const after = connection.prepare(
    'SELECT * FROM stock_postings WHERE seq > ? ORDER BY seq LIMIT ?',
  )
  const update = connection.prepare(
    'UPDATE stock_postings SET previous_hash = ?, hash = ? WHERE seq = ?',
  )
  let hash: Buffer = genesis_hash
  for (let seq = 0; ; await pause()) {
    const rows = after.all(seq, slice) as PostingRow[]
    if (rows.length === 0) return
    connection.exec('BEGIN')
    for (const row of rows) {
      seq = row.seq
      const movements = movementsOf.all(seq * 1_024, seq * 1_024 + 1_023) as Movement[]
      const next = hashPosting(hash, row.organization_id, row, movements)
      update.run(hash, next, seq)
      hash = next
    }
    connection.exec('COMMIT')
  }
}
