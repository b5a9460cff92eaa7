/** What an archive says about itself. */
import type { WrittenTable } from './tables.ts'

export const archive_kind = 'business_archive'

export interface Manifest {
  format: 1
  /** The moment that everything in it belongs to, but objects: they may be seconds younger. */
  made_at: string
  tenant: { id: string; name: string; slug: string; environment: string; kind: string }
  /** Of `tenant.db`. */
  schema_version: number
  /** Where the chain of postings stands. */
  ledger: { postings: number; head_hash: string }
  /** Where the chain of audit entries stands. */
  audit: { entries: number; head_hash: string }
  objects: { files: number; size_bytes: number; damaged: number }
  /** `users.password_hash`: absent from the lines, and empty in `tenant.db`. */
  left_out_columns: string[]
  tables: WrittenTable[]
}
