/** What was typed for an exception: `20/100` is a rate, `500!` a quota that refuses, `none` no limit. */
import { given, type Fields } from '../operations/page.ts'

export function overrideOf(fields: Fields) {
  const [kind = '', name = ''] = (given(fields, 'subject') ?? '').split('.')
  const ends_on = given(fields, 'ends_at')
  return {
    kind,
    name,
    value: valueOf(kind, (given(fields, 'value') ?? '').toLowerCase()),
    reason: given(fields, 'reason') ?? '',
    ends_at: ends_on && `${ends_on}T00:00:00.000Z`,
  }
}

/** A text that is none of these goes on as it is: the operation refuses it. */
function valueOf(kind: string, text: string): unknown {
  if (kind === 'feature') return text === 'yes' ? true : text === 'no' ? false : text
  if (text === 'none') return null
  if (kind === 'limit') return number(text)
  if (kind === 'quota') return { included: number(text.replace('!', '')), hard: text.endsWith('!') }
  const [per_second = '', burst = ''] = text.split('/')
  return { per_second: number(per_second), burst: number(burst) }
}

const number = (text: string): unknown => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : text)
