/**
 * What no archive holds and no branch inherits: secrets, what secrets are recognised by, and what is
 * worth nothing outside this file. A test reads the schema and fails when a column that looks like a
 * secret is named neither here nor as harmless.
 */

/** Whole tables, and why. */
export const left_out_tables: Readonly<Record<string, string>> = {
  sessions: 'who is signed in just now',
  setup_links: 'links that let a person in',
  sign_in_attempts: 'wrong passwords in a row',
  password_resets: 'links that set a password anew',
  known_browsers: 'browsers that somebody signed in with',
  second_factors: 'what the generators of codes share with us',
  recovery_codes: 'codes that stand in for a generator',
  sign_in_challenges: 'sign-ins that wait for their second factor',
  idempotency_keys: 'answers kept for a retry, some of them sealed',
}

const absent = 'NULL'
const no_bytes = "x''"
/** Where the column must be unique. */
const nobodys = "CAST('left out ' || id AS BLOB)"

/**
 * Columns by table, and what stands in their place where the column itself has to stay: an
 * expression of SQL over the same row.
 */
export const left_out_columns: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  users: { password_hash: absent },
  tokens: { token_hash: nobodys },
  webhook_endpoints: {
    secret_sealed: no_bytes,
    previous_secret_sealed: absent,
    previous_secret_until: absent,
    headers_sealed: no_bytes,
  },
  carrier_connections: { credentials: no_bytes },
  invitations: { secret_hash: nobodys },
  mails: { content: "'{}'" },
}

/** Columns whose names look like secrets and that are none, and why. */
export const harmless_columns: Readonly<Record<string, string>> = {
  'audit_entries.hash': 'the chain, open to everybody who proves it',
  'audit_entries.previous_hash': 'the chain',
  'audit_entries.salt': 'of the digest of details: without it nobody could prove them',
  'stock_postings.hash': 'the chain',
  'stock_postings.previous_hash': 'the chain',
  'stock_periods.hash': 'of the levels of a closed period',
  'stock_proof_position.hash': 'how far the chain was proven',
  'job_artifacts.object_key': 'where a file lies',
  'shipment_parcels.label_key': 'where a label lies',
  'usage_records.key': 'what keeps a use from being counted twice',
}

/** Words of which a secret's column usually has one. */
export const looks_secret =
  /secret|hash|password|sealed|token|credential|totp|recovery|salt|(^|_)key|(^|_)seed|nonce|(^|_)codes?_|private/
