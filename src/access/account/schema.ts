/** Shapes of what is a person's own. */
import { Type, type Static } from '@sinclair/typebox'
import { Closed, Id, Name, Nullable, Timestamp, Version } from '../../operations/shapes.ts'

export const Account = Type.Object({
  id: Id('usr'),
  email: Type.String(),
  name: Type.String(),
  /** In the organization the person works in now, or among the staff. */
  role: Type.String(),
  role_name: Type.String(),
  has_password: Type.Boolean(),
  last_seen_at: Nullable(Timestamp),
  created_at: Timestamp,
  version: Version,
})
export type Account = Static<typeof Account>

export const AccountChange = Closed({ name: Name })

export const PasswordChange = Closed({
  current_password: Type.String({ minLength: 1, maxLength: 1_000 }),
  password: Type.String({ minLength: 1, maxLength: 1_000, description: 'The new one' }),
})
export type PasswordChange = Static<typeof PasswordChange>
