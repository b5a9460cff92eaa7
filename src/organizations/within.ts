/** Works in another organization of the same business, within one transaction. */
import type { Write } from '../db/session.ts'

/**
 * What is written, told and mailed belongs to that organization. Whether the caller may is decided
 * before, with the reach he has where he stands.
 */
export const inOrganization = (tx: Write, organization_id: string): Write => ({
  scope: { ...tx.scope, organization_id },
  now: tx.now,
  now_ms: tx.now_ms,
  get: (sql, ...values) => tx.get(sql, ...values),
  all: (sql, ...values) => tx.all(sql, ...values),
  run: (sql, ...values) => tx.run(sql, ...values),
  id: (prefix) => tx.id(prefix),
  afterCommit: (action) => tx.afterCommit(action),
})
