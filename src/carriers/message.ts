/** What a carrier had to say, sorted into a few kinds that tell a person what to do now. */
import { Type, type Static } from '@sinclair/typebox'

interface MessageKind {
  retryable: boolean
  remedy: string
}

/** The taxonomy: a carrier's error code becomes one of these; one not in its table is unknown. */
export const message_kinds = {
  auth: { retryable: false, remedy: 'Check the credentials of this carrier connection.' },
  address: { retryable: false, remedy: 'Correct the address and try again.' },
  dimensions: { retryable: false, remedy: 'Correct weight, size or packaging of the parcel.' },
  service_unavailable: { retryable: false, remedy: 'Choose another service or date.' },
  duplicate: { retryable: false, remedy: 'This was done before: look the first one up.' },
  rate_limited: { retryable: true, remedy: 'Wait a little; the carrier limits calls.' },
  carrier_down: { retryable: true, remedy: 'The carrier does not answer: try again later.' },
  customs: { retryable: false, remedy: 'Complete the customs declaration.' },
  funds: { retryable: false, remedy: 'Settle payment in your account with the carrier.' },
  not_found: { retryable: false, remedy: 'Check the number; it may not be known yet.' },
  unknown: { retryable: false, remedy: "Read the carrier's own words." },
} satisfies Record<string, MessageKind>

export type MessageCode = keyof typeof message_kinds

export const CarrierMessage = Type.Object({
  carrier_id: Type.String(),
  code: Type.Union((Object.keys(message_kinds) as MessageCode[]).map((code) => Type.Literal(code))),
  severity: Type.Union([Type.Literal('error'), Type.Literal('warning')]),
  /** The carrier's own code, kept as it came. */
  carrier_code: Type.Optional(Type.String()),
  /** The carrier's own words; ours where no carrier was asked. */
  detail: Type.String(),
  /** JSON pointer into our request, where it is known. */
  field: Type.Optional(Type.String()),
  retryable: Type.Boolean(),
  remedy: Type.String(),
})
export type CarrierMessage = Static<typeof CarrierMessage>

/** A message of one kind; `more` names the carrier's code, the field, or a milder severity. */
export function message(
  carrier_id: string,
  code: MessageCode,
  detail: string,
  more: Partial<Pick<CarrierMessage, 'carrier_code' | 'field' | 'severity'>> = {},
): CarrierMessage {
  return { carrier_id, code, severity: 'error', detail, ...message_kinds[code], ...more }
}

/** What an HTTP status alone tells, where the carrier's code is not in its table. */
export function kindOfStatus(status: number): MessageCode {
  if (status === 401 || status === 403) return 'auth'
  if (status === 402) return 'funds'
  if (status === 404) return 'not_found'
  if (status === 409) return 'duplicate'
  if (status === 429) return 'rate_limited'
  return status >= 500 ? 'carrier_down' : 'unknown'
}

export const isError = ({ severity }: CarrierMessage): boolean => severity === 'error'
