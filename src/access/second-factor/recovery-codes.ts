/** Codes for the day the generator is lost: ten of them, each opens once, only their hashes are kept. */
import { randomBytes } from 'node:crypto'
import { sha256 } from '../../kit/secrets.ts'
import type { Write } from '../../db/session.ts'
import { replaceRecoveryCodes } from './store.ts'

const how_many = 10
/** Without those that look alike. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Sixteen of 32 letters: 80 bits, `abcd-efgh-jkmn-pqrs`. */
const newCode = (): string =>
  [...randomBytes(16)]
    .map((byte) => alphabet[byte % alphabet.length])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-')

/** Those from before are worth nothing any more. @returns the new ones: shown this once */
export function issueRecoveryCodes(tx: Write, user_id: string): string[] {
  const codes = Array.from({ length: how_many }, newCode)
  replaceRecoveryCodes(tx, user_id, codes.map(hashRecoveryCode))
  return codes
}

/** However it was typed: with or without hyphens, in small or large letters. */
export const hashRecoveryCode = (typed: string): Uint8Array =>
  sha256(typed.toLowerCase().replace(/[^a-z0-9]/g, ''))
