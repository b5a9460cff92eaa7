/** The rows of signed heads, in `platform.db`. */
import { listRows, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { Head } from './statement.ts'

export interface HeadRow extends Head {
  signature: Uint8Array
}

export const lastHead = (read: Read, tenant_id: string): HeadRow | undefined =>
  read.get<HeadRow>(
    'SELECT * FROM ledger_heads WHERE tenant_id = ? ORDER BY seq DESC LIMIT 1',
    tenant_id,
  )

export const headsAfter = (read: Read, tenant_id: string, seq: number, limit: number): HeadRow[] =>
  read.all<HeadRow>(
    'SELECT * FROM ledger_heads WHERE tenant_id = ? AND seq > ? ORDER BY seq LIMIT ?',
    tenant_id,
    seq,
    limit,
  )

export const insertHead = (tx: Write, row: HeadRow): number =>
  tx.run(
    `INSERT INTO ledger_heads (tenant_id, seq, hash, signed_at, signature)
     VALUES (?, ?, ?, ?, ?)`,
    row.tenant_id,
    row.seq,
    row.hash,
    row.signed_at,
    row.signature,
  )

export const listHeadRows = (
  read: Read,
  filter: { tenant_id: string; limit?: number; cursor?: string },
): Page<HeadRow & { id: string }> =>
  listRows<HeadRow & { id: string }>(read, filter, {
    select: '*, tenant_id AS id FROM ledger_heads',
    where: [['tenant_id = ?', filter.tenant_id]],
    sortable: { seq: 'seq' },
    default_sort: '-seq',
    id: 'tenant_id',
  })

/** The hash of one posting of the tenant's own file. */
export const hashAt = (read: Read, seq: number): Uint8Array | undefined =>
  read.get<{ hash: Uint8Array }>('SELECT hash FROM stock_postings WHERE seq = ?', seq)?.hash
