/** Keeps the own session of staff aside while they look through the eyes of somebody else. */
import type { Caller } from '../../operations/page.ts'
import { session_cookie } from '../sessions.ts'

const parking_place = 'stw_own_session'
/** Somewhat longer than the longest look through other eyes. */
const kept_s = 2 * 3_600

/** The cookie that keeps what the browser holds now. */
export function park({ request, services }: Caller): string[] {
  const own = read(request, session_cookie)
  return own ? [cookie(services.public_url, parking_place, own, kept_s)] : []
}

/** The cookies that give it back; none when nothing was kept. */
export function unpark({ request, services }: Caller): string[] {
  const own = read(request, parking_place)
  if (!own) return []
  const { public_url } = services
  return [cookie(public_url, session_cookie, own), cookie(public_url, parking_place, '', 0)]
}

const read = (request: Request, name: string): string | undefined =>
  new RegExp(`(?:^|;\\s*)${name}=([^;]+)`).exec(request.headers.get('cookie') ?? '')?.[1]

const cookie = (public_url: string, name: string, value: string, max_age_s?: number): string =>
  [
    `${name}=${value}; Path=/; HttpOnly; SameSite=Lax`,
    ...(max_age_s === undefined ? [] : [`Max-Age=${max_age_s}`]),
    ...(public_url.startsWith('https:') ? ['Secure'] : []),
  ].join('; ')
