/** What the forms at the entrances have in common. */
import { invalid } from '../kit/problem.ts'
import type { Caller, Fields } from '../operations/page.ts'

export const typedIn = (fields: Fields, name: string): string => fields.get(name) ?? ''

/** Who opens a link may be signed in as somebody else: then the form carries that session's token. */
export const entranceState = ({ visitor, problem, fields }: Caller) => ({
  csrf_token: visitor?.csrf_token ?? '',
  problem,
  fields,
})

/** A new password as it was typed both times. @throws Problem `invalid` */
export function twice(fields: Fields): string {
  const password = typedIn(fields, 'password')
  if (password === typedIn(fields, 'password_again')) return password
  throw invalid('/password_again', 'The two passwords differ.')
}
