/** The rows of access: tokens and organizations as the gatekeeper needs them. */
import type { Read, Write } from '../db/session.ts'

export interface TokenRow {
  id: string
  name: string
  level: 'platform' | 'tenant' | 'organization'
  organization_id: string
  hint: string
  scopes: string
  allowed_ips: string
  replaced_by: string | null
  expires_at: string | null
  revoked_at: string | null
  last_used_at: string | null
  created_by: string
  version: number
  created_at: string
}

export const findTokenByHash = (read: Read, token_hash: Uint8Array): TokenRow | undefined =>
  read.get<TokenRow>('SELECT * FROM tokens WHERE token_hash = ?', token_hash)

export const insertToken = (
  tx: Write,
  token: Pick<TokenRow, 'id' | 'name' | 'level' | 'organization_id' | 'hint' | 'expires_at'> & {
    token_hash: Uint8Array
    scopes: readonly string[]
    allowed_ips: readonly string[]
  },
): number =>
  tx.run(
    `INSERT INTO tokens (id, name, level, organization_id, token_hash, hint, scopes, allowed_ips,
       expires_at, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    token.id,
    token.name,
    token.level,
    token.organization_id,
    token.token_hash,
    token.hint,
    JSON.stringify(token.scopes),
    JSON.stringify(token.allowed_ips),
    token.expires_at,
    tx.scope.actor.id,
    tx.now,
  )

export const touchToken = (tx: Write, id: string): number =>
  tx.run('UPDATE tokens SET last_used_at = ? WHERE id = ?', tx.now, id)

export const defaultOrganization = (read: Read): string =>
  read.get<{ id: string }>('SELECT id FROM organizations WHERE is_default = 1')?.id ?? ''

export const organizationExists = (read: Read, id: string): boolean =>
  read.get('SELECT 1 FROM organizations WHERE id = ?', id) !== undefined
