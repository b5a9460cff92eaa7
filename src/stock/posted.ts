/** What a write did to stock, as its reply says it. */
import type { Read } from '../db/session.ts'
import type { Posted as LedgerPosted } from '../ledger/schema.ts'
import { describeLevels } from './levels.ts'
import type { Posted } from './schema.ts'

export const toPosted = (read: Read, { posting, own_levels }: LedgerPosted): Posted => ({
  id: posting.id,
  seq: posting.seq,
  reason: posting.reason,
  occurred_at: posting.occurred_at,
  levels: describeLevels(read, own_levels),
})
