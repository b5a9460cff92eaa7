/**
 * What no archive holds and no branch inherits: secrets, what secrets are recognised by, and what is
 * worth nothing outside this file. A test reads the schema and fails when a column that looks like a
 * secret is named neither here nor as harmless.
 */
import type { Row, Value } from './store-file.ts'

/** Whole tables, and why. */
export const left_out_tables: Readonly<Record<string, string>> = {
  sessions: 'who is signed in just now',
  setup_links: 'links that let a person in',
  sign_in_attempts: 'wrong passwords in a row',
  idempotency_keys: 'answers kept for a retry, some of them sealed',
}

/** What stands in the place of a secret, in a copy of the file that still has its column. */
type Emptied = (row: Row) => Value

const absent: Emptied = () => null
const no_bytes: Emptied = () => Buffer.alloc(0)
/** Where the column must be unique. */
const nobodys: Emptied = (row) => Buffer.from(`left out ${String(row.id)}`)

/** Columns by table. */
export const left_out_columns: Readonly<Record<string, Readonly<Record<string, Emptied>>>> = {
  users: { password_hash: absent },
  tokens: { token_hash: nobodys },
  webhook_endpoints: {
    secret_sealed: no_bytes,
    previous_secret_sealed: absent,
    headers_sealed: no_bytes,
  },
  carrier_connections: { credentials: no_bytes },
  mails: { content: () => '{}' },
}

/** Columns whose names look like secrets and that are none, and why. */
export const harmless_columns: Readonly<Record<string, string>> = {
  'audit_entries.hash': 'the chain, open to everybody who proves it',
  'audit_entries.previous_hash': 'the chain',
  'stock_postings.hash': 'the chain',
  'stock_postings.previous_hash': 'the chain',
  'stock_periods.hash': 'of the levels of a closed period',
  'stock_proof_position.hash': 'how far the chain was proven',
  'webhook_endpoints.previous_secret_until': 'a time',
  'job_artifacts.object_key': 'where a file lies',
  'shipment_parcels.label_key': 'where a label lies',
  'usage_records.key': 'what keeps a use from being counted twice',
}

/** Words of which a secret's column usually has one. */
export const looks_secret =
  /secret|hash|password|sealed|token|credential|totp|recovery|salt|(^|_)key|(^|_)seed|nonce|(^|_)codes?_|private/

/** The row without its secrets, its columns as they were; undefined when all of it stays behind. */
export function withoutSecrets(table: string, row: Row): Row | undefined {
  if (table in left_out_tables) return undefined
  const secrets = left_out_columns[table]
  if (!secrets) return row
  const emptied: Row = { ...row }
  for (const [column, becomes] of Object.entries(secrets)) {
    if (row[column] !== null) emptied[column] = becomes(row)
  }
  return emptied
}
