/** What is signed of a ledger, and with which key: anybody with the public key can check it. */
import { createPrivateKey, createPublicKey, hkdfSync, sign, verify } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

export interface Head {
  tenant_id: string
  seq: number
  hash: Uint8Array
  /** RFC 3339. */
  signed_at: string
}

/** DER of an Ed25519 private key (RFC 8410) up to its 32 bytes of seed. */
const key_prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The installation's signing key: derived, so that the master key is the only one to keep. */
export function signingKey(master_key: Uint8Array): KeyObject {
  const seed = Buffer.from(hkdfSync('sha256', master_key, '', 'stowage ledger heads', 32))
  return createPrivateKey({
    key: Buffer.concat([key_prefix, seed]),
    format: 'der',
    type: 'pkcs8',
  })
}

/** PEM, for whoever checks signatures elsewhere. */
export const publicKeyOf = (master_key: Uint8Array): string =>
  createPublicKey(signingKey(master_key)).export({ type: 'spki', format: 'pem' }).toString()

/** Four lines: a fixed title, the tenant, seq and hash in hex, the time. */
export const statementOf = ({ tenant_id, seq, hash, signed_at }: Head): Buffer =>
  Buffer.from(
    `stowage ledger head\n${tenant_id}\n${seq} ${Buffer.from(hash).toString('hex')}\n${signed_at}\n`,
  )

export const signHead = (head: Head, master_key: Uint8Array): Buffer =>
  sign(null, statementOf(head), signingKey(master_key))

export const isSigned = (head: Head, signature: Uint8Array, master_key: Uint8Array): boolean =>
  verify(null, statementOf(head), createPublicKey(signingKey(master_key)), signature)
