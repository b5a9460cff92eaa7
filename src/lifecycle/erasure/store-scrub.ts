/** What `platform.db` knows of one business, beside its own row: found, and removed. */
import { assert } from '../../kit/problem.ts'
import type { Read, Write } from '../../db/session.ts'

/**
 * Tables with a `tenant_id` whose rows stay: numbers, hashes and times. Every other one loses the
 * rows of a business that is erased, also one that was added after this was written.
 */
export const kept_tables = {
  ledger_heads: 'Signed heads of the ledger: a hash, a number and a time.',
  tenant_usage: 'What was used of each meter: numbers for the books of the platform.',
  tenant_usage_days: 'What was used of each meter by day: numbers for the books of the platform.',
  subscriptions: 'Which plan it had from when until when, without words.',
  erasures: 'This certificate.',
} as const

/** A column that holds the id of a business: `tenant_id`, `root_tenant_id`. */
export interface Reference {
  table: string
  column: string
}

export const referencesToTenants = (read: Read): Reference[] =>
  read.all<Reference>(
    `SELECT m.name AS "table", c.name AS "column"
     FROM sqlite_schema m JOIN pragma_table_info(m.name) c
     WHERE m.type = 'table' AND (c.name = 'tenant_id' OR c.name LIKE '%~_tenant_id' ESCAPE '~')
     ORDER BY m.name, c.name`,
  )

const hasId = (read: Read, table: string): boolean =>
  read.get("SELECT 1 FROM pragma_table_info(?) WHERE name = 'id'", table) !== undefined

/** A name in the schema is never what somebody typed. */
function checked(name: string): string {
  assert(/^[a-z_]+$/.test(name), `"${name}" is a name of ours`)
  return name
}

/** Ids of the rows of a table that belong to a business: events and entries are about these. */
export const idsIn = (read: Read, { table, column }: Reference, tenant_id: string): string[] =>
  hasId(read, table)
    ? read
        .all<{ id: string }>(
          `SELECT id FROM ${checked(table)} WHERE ${checked(column)} = ? LIMIT 100000`,
          tenant_id,
        )
        .map(({ id }) => id)
    : []

export const deleteRowsOf = (tx: Write, { table, column }: Reference, tenant_id: string): number =>
  tx.run(`DELETE FROM ${checked(table)} WHERE ${checked(column)} = ?`, tenant_id)

export const countRowsOf = (read: Read, table: string, tenant_id: string): number =>
  read.get<{ rows: number }>(
    `SELECT count(*) AS rows FROM ${checked(table)} WHERE tenant_id = ?`,
    tenant_id,
  )!.rows

export const emptySubscriptions = (tx: Write, tenant_id: string): number =>
  tx.run(
    `UPDATE subscriptions SET reason = '', changed_by_name = '' WHERE tenant_id = ?`,
    tenant_id,
  )

export const domainsOf = (read: Read, tenant_id: string): string[] =>
  read
    .all<{ name: string }>('SELECT name FROM domains WHERE tenant_id = ? LIMIT 1000', tenant_id)
    .map(({ name }) => name)

/** Addresses that are somebody else's business too: mail to them is only about this one if it says so. */
export const isSharedAddress = (read: Read, email: string, tenant_id: string): boolean =>
  read.get('SELECT 1 FROM users WHERE email = ?', email) !== undefined ||
  read.get(
    'SELECT 1 FROM tenants WHERE admin_email = ? COLLATE NOCASE AND id <> ?',
    email,
    tenant_id,
  ) !== undefined

export const deleteMailsTo = (tx: Write, recipient: string): number =>
  tx.run('DELETE FROM mails WHERE recipient = ? COLLATE NOCASE', recipient)

/** @param words as they stand in JSON as well: without its escapes */
export const deleteMailsAbout = (tx: Write, words: string): number =>
  tx.run('DELETE FROM mails WHERE instr(subject, ?) > 0 OR instr(content, ?) > 0', words, words)

/** Wishes of people to have a business that never came to be one. */
export const deleteSignUpsOf = (tx: Write, email: string): number =>
  tx.run('DELETE FROM sign_ups WHERE email = ?', email)

export const emptyEventsAbout = (tx: Write, subject_id: string): number =>
  tx.run("UPDATE events SET data = '{}' WHERE subject_id = ? AND data <> '{}'", subject_id)

/** As SQLite's own `lower`, which leaves every letter beyond ASCII as it is. */
const asciiLower = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** Events about something else that name the business, in a stretch of the outbox. */
export const emptyEventsNaming = (
  tx: Write,
  word: string,
  [from, to]: readonly [number, number],
): number =>
  tx.run(
    `UPDATE events SET data = '{}'
     WHERE seq >= ? AND seq < ? AND data <> '{}' AND instr(lower(data), ?) > 0`,
    from,
    to,
    asciiLower(JSON.stringify(word).slice(1, -1)),
  )

export const lastEventSeq = (read: Read): number =>
  read.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM events')!.seq ?? 0

/** Entries from before details had a digest: they are part of the hash, and cannot be let go of. */
export const oldEntriesAbout = (read: Read, tenant_id: string): number =>
  read.get<{ entries: number }>(
    `SELECT count(*) AS entries FROM audit_entries
     WHERE digest IS NULL AND (subject_id = ? OR instr(changes, ?) > 0)`,
    tenant_id,
    tenant_id,
  )!.entries

/** Jobs of a business, from its own file: what they left aside bears their ids. */
export const jobIds = (read: Read): string[] =>
  read.all<{ id: string }>('SELECT id FROM jobs LIMIT 100000').map(({ id }) => id)

/** People of a business, from its own file. */
export const peopleOf = (read: Read): { id: string; email: string }[] =>
  read.all<{ id: string; email: string }>('SELECT id, email FROM users LIMIT 100000')
