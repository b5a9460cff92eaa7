/** Shapes of second factors on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Closed, Id, Nullable, Timestamp } from '../../operations/shapes.ts'

export const SecondFactor = Type.Object({
  id: Id('usr'),
  is_on: Type.Boolean(),
  /** Begun, and no code was typed yet. */
  is_begun: Type.Boolean(),
  confirmed_at: Nullable(Timestamp),
  recovery_codes_left: Type.Integer(),
  /** Whether everybody here must have one, and from when on nothing else is possible. */
  is_required: Type.Boolean(),
  deadline: Nullable(Timestamp),
})
export type SecondFactor = Static<typeof SecondFactor>

export const Enrolment = Type.Object({
  secret: Type.String({ description: 'Base 32, to be typed into a generator: shown this once' }),
  uri: Type.String({ description: '`otpauth://…`, for the picture that a telephone reads' }),
})
export type Enrolment = Static<typeof Enrolment>

export const Confirmation = Closed({
  code: Type.String({ minLength: 1, maxLength: 20, description: 'Six digits, as shown now' }),
})
export type Confirmation = Static<typeof Confirmation>

export const RecoveryCodes = Type.Object({
  recovery_codes: Type.Array(Type.String(), {
    description: 'Each opens once, when the generator is lost: shown this once',
  }),
})
export type RecoveryCodes = Static<typeof RecoveryCodes>

export const FactorOwner = Type.Object({ id: Id('usr'), email: Type.String() })
export type FactorOwner = Static<typeof FactorOwner>
