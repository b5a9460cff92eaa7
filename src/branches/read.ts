/** Looks up a live business, its sandboxes and its branches: one family, from wherever one asks. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import type { Beside } from '../operations/outward.ts'
import type { Sibling, SiblingFilter } from './schema.ts'
import { findSibling, listFamily, type SiblingRow } from './store.ts'

/** The id of the live business. @throws Problem `not_found` */
export function familyOf(platform: Read, tenant_id: string): string {
  const row = findSibling(platform, tenant_id)
  if (!row) throw notFound('tenant', tenant_id)
  return row.parent_id ?? row.id
}

/** @throws Problem `not_found` for one of another family */
export function siblingOf(platform: Read, here: string, id: string): Sibling {
  const row = findSibling(platform, id)
  if (!row || (row.parent_id ?? row.id) !== familyOf(platform, here)) {
    throw notFound('sibling', id)
  }
  return toSibling(row, here)
}

export function siblingsBeside(platform: Read, here: string, filter: SiblingFilter) {
  const { rows, ...rest } = listFamily(platform, familyOf(platform, here), filter)
  return { data: rows.map((row) => toSibling(row, here)), ...rest }
}

export const getSibling = ({ scope }: Read, { id }: { id: string }, { data }: Beside): Sibling =>
  data.platform.read(scope, (platform) => siblingOf(platform, scope.tenant_id, id))

export const listSiblings = ({ scope }: Read, filter: SiblingFilter, { data }: Beside) =>
  data.platform.read(scope, (platform) => siblingsBeside(platform, scope.tenant_id, filter))

/** For the operator, from any of the family. @throws Problem `not_found` */
export const listSiblingsOf = (platform: Read, { id, ...filter }: SiblingFilter & { id: string }) =>
  siblingsBeside(platform, id, filter)

const toSibling = (row: SiblingRow, here: string): Sibling => ({
  id: row.id,
  name: row.name,
  slug: row.slug,
  kind: row.kind,
  environment: row.environment,
  status: row.status,
  is_here: row.id === here,
  anonymised: row.anonymised === null ? null : row.anonymised === 1,
  copied_at: row.copied_at,
  ledger:
    row.ledger_head === null
      ? null
      : { postings: row.ledger_postings ?? 0, head_hash: row.ledger_head },
  expires_at: row.expires_at,
  asked_by: row.asked_by,
  created_at: row.created_at,
})
