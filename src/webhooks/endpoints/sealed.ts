/** Secrets of endpoints: made, sealed, and opened again. */
import { randomBytes } from 'node:crypto'
import { seal, unseal } from '../../kit/secrets.ts'
import type { EndpointRow } from './store.ts'

/** `whsec_` and 32 random bytes in base64, as Standard Webhooks 1.0 writes them. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

export const sealSecret = (key: Uint8Array, endpoint_id: string, secret: string): Buffer =>
  seal(key, secret, `webhook secret ${endpoint_id}`)

export const openSecret = (key: Uint8Array, endpoint_id: string, sealed: Uint8Array): string =>
  unseal(key, sealed, `webhook secret ${endpoint_id}`)

export const sealHeaders = (
  key: Uint8Array,
  endpoint_id: string,
  headers: Record<string, string>,
): Buffer => seal(key, JSON.stringify(headers), `webhook headers ${endpoint_id}`)

export const openHeaders = (
  key: Uint8Array,
  { id, headers_sealed }: Pick<EndpointRow, 'id' | 'headers_sealed'>,
): Record<string, string> =>
  JSON.parse(unseal(key, headers_sealed, `webhook headers ${id}`)) as Record<string, string>

/** Every secret that signs at this time, the newest first. */
export function signingSecrets(key: Uint8Array, row: EndpointRow, now: string): string[] {
  const secrets = [openSecret(key, row.id, row.secret_sealed)]
  const { previous_secret_sealed, previous_secret_until } = row
  if (previous_secret_sealed && previous_secret_until && previous_secret_until > now) {
    secrets.push(openSecret(key, row.id, previous_secret_sealed))
  }
  return secrets
}
