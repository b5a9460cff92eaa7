/** Shapes of sign-ups: somebody who wants to found a business and has yet to confirm his address. */
import { Type, type Static } from '@sinclair/typebox'
import { Id, ListQuery, Nullable, OneOf, Timestamp } from '../../operations/shapes.ts'

export const sign_up_states = ['pending', 'founded', 'revoked', 'expired'] as const

export const SignUp = Type.Object({
  id: Id('sup'),
  business_name: Type.String(),
  person_name: Type.String(),
  email: Type.String(),
  domain_preference: Type.String(),
  state: OneOf(sign_up_states),
  tenant_id: Nullable(Id('ten', 'What came of it')),
  ip: Type.String({ description: 'Where it was asked for' }),
  expires_at: Timestamp,
  created_at: Timestamp,
})
export type SignUp = Static<typeof SignUp>

export const SignUpFilter = ListQuery(
  {
    state: Type.Optional(OneOf(sign_up_states)),
    email: Type.Optional(Type.String({ maxLength: 254, description: 'The whole address' })),
  },
  ['created_at'],
)
export type SignUpFilter = Static<typeof SignUpFilter>
