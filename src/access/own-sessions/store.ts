/** The rows of sessions, as the people see them to whom they belong. */
import { listRows, type ListRequest, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'

export interface SessionOfPerson {
  /** The hash of what the browser holds. */
  id: string
  method: string
  ip: string
  user_agent: string
  created_at: string
  last_seen_at: string | null
  expires_at: string
}

const columns =
  'id_hash AS id, method, ip, user_agent, created_at, last_seen_at, expires_at FROM sessions'

/** @param organization_id undefined for those in every organization */
export const listSessionRows = (
  read: Read,
  filter: ListRequest,
  user_id: string,
  organization_id?: string,
): Page<SessionOfPerson> =>
  listRows<SessionOfPerson>(read, filter, {
    select: columns,
    where: [
      ['user_id = ?', user_id],
      ['expires_at > ?', read.now],
      ['organization_id = ?', organization_id],
    ],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id_hash',
  })

/** @param beginning the first characters of the hash, enough to name one */
export const findSessionOf = (
  read: Read,
  user_id: string,
  beginning: string,
): SessionOfPerson | undefined =>
  read.get<SessionOfPerson>(
    `SELECT ${columns} WHERE user_id = ? AND id_hash BETWEEN ? AND ? AND expires_at > ?`,
    user_id,
    beginning,
    `${beginning}g`,
    read.now,
  )

export const deleteSessionOf = (tx: Write, user_id: string, id_hash: string): number =>
  tx.run('DELETE FROM sessions WHERE user_id = ? AND id_hash = ?', user_id, id_hash)

export const deleteOtherSessions = (tx: Write, user_id: string, but_for: string): number =>
  tx.run('DELETE FROM sessions WHERE user_id = ? AND id_hash <> ?', user_id, but_for)

/** @param organization_id undefined for those in every organization */
export const deleteSessionsOf = (
  tx: Write,
  user_id: string,
  organization_id: string | undefined,
): number =>
  organization_id === undefined
    ? tx.run('DELETE FROM sessions WHERE user_id = ?', user_id)
    : tx.run(
        'DELETE FROM sessions WHERE user_id = ? AND organization_id = ?',
        user_id,
        organization_id,
      )
