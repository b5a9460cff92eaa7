/** Shapes of sessions on the wire: where somebody is signed in. */
import { Type, type Static } from '@sinclair/typebox'
import { Id, ListQuery, Nullable, Timestamp } from '../../operations/shapes.ts'

export const OpenSession = Type.Object({
  id: Id('ses'),
  /** How the person came in: `password`, `password+totp`, `invitation`, `setup_link` … */
  method: Type.String(),
  ip: Type.String(),
  user_agent: Type.String(),
  /** The user agent in plain words: `Firefox on Windows`. */
  device: Type.String(),
  /** True for the one that asks. */
  is_current: Type.Boolean(),
  created_at: Timestamp,
  last_seen_at: Nullable(Timestamp),
  /** It moves on as long as the person comes back. */
  expires_at: Timestamp,
})
export type OpenSession = Static<typeof OpenSession>

export const SessionFilter = ListQuery({}, ['created_at'])
export type SessionFilter = Static<typeof SessionFilter>

export const SessionsEnded = Type.Object({ ended: Type.Integer({ minimum: 0 }) })
export type SessionsEnded = Static<typeof SessionsEnded>
