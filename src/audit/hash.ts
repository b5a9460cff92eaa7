/** The hashes of the audit trail: what an entry tells of people stands behind a digest with a salt. */
import { sha256 } from '../kit/secrets.ts'

/** The chain begins here. */
export const genesis = new Uint8Array(32)

/** What can be forgotten. */
export interface Details {
  changes: string
  ip: string
  user_agent: string
  actor_name: string
  impersonator_name: string
}

/** What stays for ever, and says nothing of a person but an id. */
export interface Core {
  seq: number
  organization_id: string
  occurred_at: string
  actor_kind: string
  actor_id: string
  impersonator_id: string
  action: string
  subject_id: string
  request_id: string
}

/** SHA-256 over the salt and the details, each as its length in bytes, a colon, and its text. */
export const digestOf = (salt: Uint8Array, details: Details): Buffer => {
  const { changes, ip, user_agent, actor_name, impersonator_name } = details
  const fields = joined([changes, ip, user_agent, actor_name, impersonator_name])
  return sha256(Buffer.concat([salt, Buffer.from(fields)]))
}

/**
 * SHA-256 over the core and the digest. Whoever may not see an entry can be given this in its
 * place: it tells nothing, and the chain can still be followed through it.
 */
export const bodyOf = (entry: Core, digest: Uint8Array): Buffer =>
  sha256(
    joined([
      String(entry.seq),
      entry.organization_id,
      entry.occurred_at,
      entry.actor_kind,
      entry.actor_id,
      entry.impersonator_id,
      entry.action,
      entry.subject_id,
      hex(digest),
      entry.request_id,
    ]),
  )

/** SHA-256 over the hash of the entry before and the body: the next link of the chain. */
export const linkOf = (previous_hash: Uint8Array, body: Uint8Array): Buffer =>
  sha256(Buffer.concat([previous_hash, body]))

/** Entries from before have their details in the hash itself, where they cannot be forgotten. */
export const hashFromBefore = (
  previous_hash: Uint8Array,
  entry: Core & Pick<Details, 'changes' | 'ip' | 'user_agent'>,
): Buffer =>
  sha256(
    joined([
      hex(previous_hash),
      String(entry.seq),
      entry.organization_id,
      entry.occurred_at,
      entry.actor_kind,
      entry.actor_id,
      entry.action,
      entry.subject_id,
      entry.changes,
      entry.ip,
      entry.user_agent,
      entry.request_id,
    ]),
  )

export interface Hashed extends Core, Details {
  salt: Uint8Array | null
  digest: Uint8Array | null
  previous_hash: Uint8Array
  hash: Uint8Array
}

/** Why an entry is not as it was written; undefined when it is. */
export function whyBroken(entry: Hashed): string | undefined {
  const { salt, digest, previous_hash, hash } = entry
  if (!digest) {
    return same(hashFromBefore(previous_hash, entry), hash) ? undefined : 'It was changed.'
  }
  if (!same(linkOf(previous_hash, bodyOf(entry, digest)), hash)) return 'It was changed.'
  if (salt) return same(digestOf(salt, entry), digest) ? undefined : 'Its details were changed.'
  // Details without a salt prove nothing: where they were forgotten there must be none.
  const { changes, ip, user_agent } = entry
  return changes === '{}' && ip === '' && user_agent === ''
    ? undefined
    : 'It has details that were forgotten once.'
}

export const isForgotten = ({ salt, digest }: Pick<Hashed, 'salt' | 'digest'>): boolean =>
  digest !== null && salt === null

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

function joined(fields: readonly string[]): string {
  let text = ''
  for (const field of fields) text += `${Buffer.byteLength(field)}:${field}`
  return text
}
