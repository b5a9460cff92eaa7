/** Reads what Sendle complains about, field by field. */
import { bodyJson, succeeded, type HttpResponse } from '../exchange.ts'
import { kindOfStatus, message, type CarrierMessage } from '../message.ts'
import { at, textAt } from '../reading.ts'
import { errors, fields } from './codes.ts'

/** One field may hold a list of sentences, or another level of fields. */
function sentences(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(sentences)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    sentences(inner).map((text) => `${name}: ${text}`),
  )
}

/** The messages of one answer, about the parcel of that place; none when it succeeded. */
export function sendleErrors(response: HttpResponse, parcel = 0): CarrierMessage[] {
  // Not asked, because an earlier parcel was refused: that one's message is enough.
  if (response.status === 424) return []
  const answer = bodyJson(response)
  const carrier_code = textAt(answer, 'error')
  if (succeeded(response) && carrier_code === undefined) return []
  const words = textAt(answer, 'error_description') ?? `Sendle answered ${response.status}.`
  const more = carrier_code === undefined ? {} : { carrier_code }
  const by_field = Object.entries((at(answer, 'messages') ?? {}) as Record<string, unknown>)
  if (by_field.length === 0) {
    const code = errors[carrier_code ?? ''] ?? kindOfStatus(response.status)
    return [message('sendle', code, words, more)]
  }
  return by_field.map(([name, value]) => {
    const [pointer, code] = fields[name] ?? [undefined, 'unknown' as const]
    const field = pointer?.replace('/parcels/0', `/parcels/${parcel}`)
    const detail = `${name}: ${sentences(value).join('; ') || words}`
    return message('sendle', code, detail, { ...more, ...(field !== undefined && { field }) })
  })
}

/** All complaints of several answers, one a parcel. */
export const allErrors = (responses: readonly HttpResponse[]): CarrierMessage[] =>
  responses.flatMap((response, index) => sendleErrors(response, index))
