/** A retry is safe: the answer is stored with the effect, and given again, byte for byte. */
import { Problem } from '../kit/problem.ts'
import { equalsSafely, hmacSha256, seal, sha256Hex, unseal } from '../kit/secrets.ts'
import type { Scope } from '../db/scope.ts'
import type { Read, Write } from '../db/session.ts'
import type { Operation } from './operation.ts'
import {
  answerKey,
  answersAfter,
  deleteKey,
  deleteKeysBefore,
  findKey,
  insertKey,
  takeOverKey,
  type AnswerRow,
  type KeyRow,
} from './store.ts'

export interface Reply {
  status: number
  /** JSON text, exactly as the first caller got it. */
  body: string
  etag: string | undefined
  replayed: boolean
}

/** This run of the process: a key it left unanswered can be taken over by the next one. */
const process_id = crypto.randomUUID()

export interface Attempt {
  key: string
  principal_id: string
  operation: Operation
  /** HMAC over operation, organization and input: another request under the same key is refused. */
  request_hash: Uint8Array
  /** Seals the kept answer of an operation whose secret is shown once; it is stored nowhere plain. */
  sealing_key: Uint8Array
}

export const attempt = (
  key: string,
  principal_id: string,
  operation: Operation,
  { organization_id }: Pick<Scope, 'organization_id'>,
  input: unknown,
  sealing_key: Uint8Array,
): Attempt => ({
  key,
  principal_id,
  operation,
  sealing_key,
  // Keyed: an input may hold a password, and what is stored must not let anybody try some.
  request_hash: hmacSha256(
    sealing_key,
    `${operation.id}\n${organization_id}\n${JSON.stringify(input)}`,
  ),
})

/** Names the attempt in rows of its effect: a retry after a crash finds what the first one did. */
export const attemptId = ({ key, principal_id, request_hash }: Attempt): string =>
  sha256Hex(`${principal_id}\n${key}\n${Buffer.from(request_hash).toString('hex')}`)

/**
 * What was answered before under this key, or undefined when this is the first time.
 * @throws Problem `idempotency_key_reused`, `idempotency_in_progress`
 */
export function earlierReply(read: Read, attempt: Attempt): Reply | undefined {
  const { key, principal_id } = attempt
  const row = findKey(read, principal_id, key)
  if (!row) return undefined
  if (!equalsSafely(row.request_hash, attempt.request_hash)) {
    throw new Problem(
      'idempotency_key_reused',
      `This Idempotency-Key belongs to another ${row.operation_id} request.`,
    )
  }
  if (row.status !== null) {
    const etag = row.etag ?? undefined
    return { status: row.status, body: opened(attempt, row.body ?? ''), etag, replayed: true }
  }
  if (row.process_id !== process_id) return undefined
  throw new Problem(
    'idempotency_in_progress',
    'The first request with this Idempotency-Key is still running.',
    {},
    { 'retry-after': '1' },
  )
}

/** Claims the key for a call that is about to go out; an abandoned claim is taken over. */
export function claim(tx: Write, { principal_id, key, operation, request_hash }: Attempt): void {
  const row = unanswered(operation, request_hash)
  if (findKey(tx, principal_id, key)) takeOverKey(tx, principal_id, key, process_id)
  else insertKey(tx, principal_id, key, row)
}

/** Stores the answer beside the effect, in the effect's own transaction. */
export function remember(tx: Write, attempt: Attempt, reply: Reply): void {
  const { principal_id, key, operation, request_hash } = attempt
  insertKey(tx, principal_id, key, {
    ...unanswered(operation, request_hash),
    status: reply.status,
    etag: reply.etag ?? null,
    body: kept(attempt, reply.body),
  })
}

/** Stores the answer of a call under the key it claimed. */
export function settle(tx: Write, attempt: Attempt, { status, etag, body }: Reply): void {
  const { principal_id, key } = attempt
  answerKey(tx, principal_id, key, { status, etag: etag ?? null, body: kept(attempt, body) })
}

const bindingOf = ({ principal_id, key }: Pick<Attempt, 'principal_id' | 'key'>) =>
  `reply ${principal_id} ${key}`

const kept = (attempt: Attempt, body: string): string =>
  attempt.operation.shown_once
    ? seal(attempt.sealing_key, body, bindingOf(attempt)).toString('base64')
    : body

const opened = (attempt: Attempt, body: string): string =>
  attempt.operation.shown_once
    ? unseal(attempt.sealing_key, Buffer.from(body, 'base64'), bindingOf(attempt))
    : body

/** Forgets answered keys from before a time; callers repeat until fewer than `limit` went. */
export const forgetKeys = (tx: Write, before: string, limit = 500): number =>
  deleteKeysBefore(tx, before, limit)

/**
 * Forgets the answers that mention something, sealed ones too: that of a business that is erased
 * must not come out of a retry. One that cannot be opened any more is of no use to anybody.
 */
export function forgetAnswersAbout(tx: Write, words: string, sealing_key: Uint8Array): number {
  let went = 0
  for (let after = 0; ;) {
    const rows = answersAfter(tx, after, answers_at_once)
    for (const row of rows) {
      if (mentions(row, words, sealing_key)) went += deleteKey(tx, row.principal_id, row.key)
    }
    if (rows.length < answers_at_once) return went
    after = rows.at(-1)!.number
  }
}

const answers_at_once = 500

function mentions(row: AnswerRow, words: string, sealing_key: Uint8Array): boolean {
  const { body } = row
  if (body.includes(words)) return true
  if (/^[[{"]/.test(body)) return false
  try {
    return unseal(sealing_key, Buffer.from(body, 'base64'), bindingOf(row)).includes(words)
  } catch {
    return true
  }
}

const unanswered = (operation: Operation, request_hash: Uint8Array): KeyRow => ({
  operation_id: operation.id,
  request_hash,
  status: null,
  etag: null,
  body: null,
  process_id,
})
