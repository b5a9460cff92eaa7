/** A form of another site cannot act here: the browser says where it came from, the token proves it. */
import { Problem } from '../kit/problem.ts'
import { equalsSafely } from '../kit/secrets.ts'
import type { Fields } from './page.ts'
import type { Visitor } from './principal.ts'

const refusal = () =>
  new Problem('forbidden', 'This form is out of date or was not ours: open the page again.')

/** For somebody who is signed in. @throws Problem `forbidden` */
export function refuseForgery(
  request: Request,
  fields: Fields,
  { csrf_token }: Pick<Visitor, 'csrf_token'>,
): void {
  const from = request.headers.get('sec-fetch-site') ?? 'same-origin'
  const sent = fields.get('csrf_token') ?? ''
  if (from !== 'same-origin' || !equalsSafely(sent, csrf_token)) throw refusal()
}

/**
 * For a form that a stranger sends, who has no token yet: the browser must say that it came from
 * our own page, by `Sec-Fetch-Site`, or by `Origin` where it knows no better. @throws Problem `forbidden`
 */
export function refuseForeignOrigin(request: Request): void {
  const from = request.headers.get('sec-fetch-site')
  if (from === 'same-origin') return
  const origin = request.headers.get('origin')
  const host = request.headers.get('host') ?? new URL(request.url).host
  if (from || !origin || !URL.canParse(origin) || new URL(origin).host !== host) throw refusal()
}
