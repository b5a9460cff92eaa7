/** Makes a token for a machine: its text is shown this once, and only its hash is kept. */
import type { Write } from '../db/session.ts'
import type { Level } from '../operations/operation.ts'
import { insertToken } from './store.ts'
import { hashToken, hintOf, newTokenText } from './token-text.ts'

export interface NewToken {
  name: string
  level: Level
  /** Empty on the platform's level. */
  tenant_id: string
  /** The one organization it is confined to; empty unless `level` is `organization`. */
  organization_id: string
  /** Permission patterns; `['*']` grants all its level can reach. */
  scopes: readonly string[]
  /** RFC 3339, or null for a token that does not expire. */
  expires_at: string | null
  /** Addresses or CIDR ranges it may be used from; empty for anywhere. */
  allowed_ips: readonly string[]
}

export function issueToken(tx: Write, wanted: NewToken): { id: string; token: string } {
  const { tenant_id, ...row } = wanted
  const token = newTokenText(wanted.level, tenant_id, wanted.organization_id)
  const id = tx.id('tok')
  insertToken(tx, { ...row, id, token_hash: hashToken(token), hint: hintOf(token) })
  return { id, token }
}
