/** The rows behind idempotency: what a key was used for, and what was answered. */
import type { Read, Write } from '../db/session.ts'

export interface KeyRow {
  operation_id: string
  request_hash: Uint8Array
  /** null while an operation that calls the outside is still running. */
  status: number | null
  etag: string | null
  body: string | null
  process_id: string
}

export const findKey = (read: Read, principal_id: string, key: string): KeyRow | undefined =>
  read.get<KeyRow>(
    `SELECT operation_id, request_hash, status, etag, body, process_id
     FROM idempotency_keys WHERE principal_id = ? AND key = ?`,
    principal_id,
    key,
  )

export const insertKey = (tx: Write, principal_id: string, key: string, row: KeyRow): number =>
  tx.run(
    `INSERT INTO idempotency_keys
       (principal_id, key, operation_id, request_hash, status, etag, body, process_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    principal_id,
    key,
    row.operation_id,
    row.request_hash,
    row.status,
    row.etag,
    row.body,
    row.process_id,
    tx.now,
  )

export const takeOverKey = (
  tx: Write,
  principal_id: string,
  key: string,
  process_id: string,
): number =>
  tx.run(
    'UPDATE idempotency_keys SET process_id = ? WHERE principal_id = ? AND key = ?',
    process_id,
    principal_id,
    key,
  )

export const answerKey = (
  tx: Write,
  principal_id: string,
  key: string,
  answer: { status: number; etag: string | null; body: string },
): number =>
  tx.run(
    `UPDATE idempotency_keys SET status = ?, etag = ?, body = ?
     WHERE principal_id = ? AND key = ?`,
    answer.status,
    answer.etag,
    answer.body,
    principal_id,
    key,
  )

export const deleteKey = (tx: Write, principal_id: string, key: string): number =>
  tx.run('DELETE FROM idempotency_keys WHERE principal_id = ? AND key = ?', principal_id, key)

export interface AnswerRow {
  number: number
  principal_id: string
  key: string
  body: string
}

/** Answers that are kept, in the order they were given. */
export const answersAfter = (read: Read, number: number, limit: number): AnswerRow[] =>
  read.all<AnswerRow>(
    `SELECT number, principal_id, key, body FROM idempotency_keys
     WHERE number > ? AND body IS NOT NULL ORDER BY number LIMIT ?`,
    number,
    limit,
  )

/** Forgets keys older than a time, a bounded number at once. */
export const deleteKeysBefore = (tx: Write, before: string, limit: number): number =>
  tx.run(
    `DELETE FROM idempotency_keys WHERE number IN
       (SELECT number FROM idempotency_keys
        WHERE created_at < ? AND status IS NOT NULL ORDER BY created_at LIMIT ?)`,
    before,
    limit,
  )

export const findHomeOrganization = (read: Read): string =>
  read.get<{ id: string }>('SELECT id FROM organizations WHERE is_default = 1')?.id ?? ''
