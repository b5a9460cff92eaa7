/** Random secrets, their hashes, and sealing of what must be stored but never read by accident. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { timingSafeEqual } from 'node:crypto'

/** `bytes` of randomness as URL-safe text. */
export const randomSecret = (bytes = 32): string => randomBytes(bytes).toString('base64url')

export const sha256 = (data: string | Uint8Array): Buffer => Bun.CryptoHasher.hash('sha256', data)

export const sha256Hex = (data: string | Uint8Array): string => sha256(data).toString('hex')

export const hmacSha256 = (key: string | Uint8Array, data: string | Uint8Array): Buffer =>
  new Bun.CryptoHasher('sha256', key).update(data).digest()

/** Compares without telling by its duration where two values differ. */
export function equalsSafely(a: string | Uint8Array, b: string | Uint8Array): boolean {
  return timingSafeEqual(sha256(a), sha256(b))
}

/** Seals text with AES-256-GCM: 12 bytes nonce, ciphertext, 16 bytes tag. `bound_to` must match on opening. */
export function seal(key: Uint8Array, text: string, bound_to: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound_to))
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
}

/** Opens what `seal` made; throws when the key, the binding or a single bit differs. */
export function unseal(key: Uint8Array, sealed: Uint8Array, bound_to: string): string {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAAD(Buffer.from(bound_to)).setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString(
    'utf8',
  )
}
