/** Tells availability what a document still has to bring: the whole of it, not the change. */
import type { Write } from '../db/session.ts'
import { deleteIncoming, upsertIncoming } from './store.ts'

export interface ExpectedGoods {
  /** The document: a purchase order. */
  source_id: string
  line: number
  item_id: string
  site_id: string
  /** What is still to come, at the item's scale; 0 when nothing is. */
  quantity: number
  expected_on: string | null
}

export function expectGoods(tx: Write, expected: ExpectedGoods): void {
  if (expected.quantity > 0) upsertIncoming(tx, expected)
  else deleteIncoming(tx, expected.source_id, expected.line)
}
