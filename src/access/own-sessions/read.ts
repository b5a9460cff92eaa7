/** Looks up where a person is signed in: for the person, and for those who look after the team. */
import { Problem, notFound } from '../../kit/problem.ts'
import type { Read } from '../../db/session.ts'
import { reachOf } from '../reach.ts'
import { getMember } from '../read-members.ts'
import { agentWords } from './agent-words.ts'
import type { OpenSession, SessionFilter } from './schema.ts'
import { findSessionOf, listSessionRows, type SessionOfPerson } from './store.ts'

/** As many characters of the hash as an id has room for: 100 bits. */
const characters = 25

/** A session is named by the beginning of its hash, which signs nobody in. */
const nameOf = (id_hash: string): string => `ses_0${id_hash.slice(0, characters)}`
const beginningIn = (id: string): string => id.slice('ses_0'.length)

/** A token has no sessions. @throws Problem `forbidden` for staff in somebody's place */
export function ownId({ scope }: Pick<Read, 'scope'>): string {
  if (!scope.actor.impersonator) return scope.actor.id
  throw new Problem('forbidden', 'Sessions are for the person alone.')
}

export function listOwnSessions(read: Read, filter: SessionFilter) {
  const { rows, ...rest } = listSessionRows(read, filter, ownId(read))
  return { data: rows.map((row) => toSession(read, row)), ...rest }
}

/** @throws Problem `not_found` also for a session of somebody else */
export function getOwnSession(read: Read, { id }: { id: string }): OpenSession {
  return toSession(read, findOwnSession(read, id))
}

/** @throws Problem `not_found` */
export function findOwnSession(read: Read, id: string): SessionOfPerson {
  const row = findSessionOf(read, ownId(read), beginningIn(id))
  if (!row) throw notFound('session', id)
  return row
}

/** In this organization; those who lead the business see all of them. @throws Problem `not_found` */
export function listMemberSessions(read: Read, { id, ...filter }: SessionFilter & { id: string }) {
  getMember(read, { id })
  const { rows, ...rest } = listSessionRows(read, filter, id, placeOf(read))
  return { data: rows.map((row) => toSession(read, row)), ...rest }
}

/** The organization whose sessions somebody may see and end; undefined for all of them. */
export const placeOf = (read: Read): string | undefined =>
  reachOf(read).wide ? undefined : read.scope.organization_id

const toSession = ({ scope }: Read, { id, ...row }: SessionOfPerson): OpenSession => ({
  id: nameOf(id),
  method: row.method,
  ip: row.ip,
  user_agent: row.user_agent,
  device: agentWords(row.user_agent),
  is_current: scope.session?.id === id,
  created_at: row.created_at,
  last_seen_at: row.last_seen_at,
  expires_at: row.expires_at,
})
