/**
 * Browsers a person signed in with before. Guesses are counted for each address and account, and, much
 * higher, for the account from anywhere; a browser that is known has a count of its own. So strangers
 * who guess on lock the owner out of nothing but new places, and the mailbox opens those: a password
 * that was reset makes the browser known.
 */
import { day_ms, timestamp } from '../kit/clock.ts'
import { neighbourhoodOf } from '../kit/ip-ranges.ts'
import { randomSecret, sha256 } from '../kit/secrets.ts'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import type { Read, Write } from '../db/session.ts'
import type { Caller } from '../operations/page.ts'
import { countAttempt } from './attempts.ts'
import {
  deleteAttempts,
  deleteBrowsersBefore,
  deleteOldestBrowsers,
  findBrowser,
  upsertBrowser,
} from './user-store.ts'

const cookie_name = 'stw_browser'
const known_for_ms = 180 * day_ms
const most_of_person = 20
const most_from_address = 10
const most_from_anywhere = 30

const scope = systemScope('known browser')

/** Where a guess comes from. */
export interface Origin {
  ip: string
  /** What the browser keeps; empty when it keeps nothing. */
  browser?: string
}

/** The secret that this browser keeps, for whoever signs in with it; empty without one. */
export function browserOf(request: Request): string {
  const cookies = request.headers.get('cookie') ?? ''
  return /(?:^|;\s*)stw_browser=([\w-]{43})(?:;|$)/.exec(cookies)?.[1] ?? ''
}

/** Two people who share a browser have rows that tell nothing of each other. */
const hashFor = (browser: string, user_id: string): Buffer => sha256(`${browser} ${user_id}`)

/**
 * Counts a guess before it is tried.
 * @param email as it was typed; whether somebody has it makes no difference to a stranger
 * @param user_id of the account, if there is one
 * @returns what `forgetGuesses` takes once the guess was right
 * @throws Problem `locked_out`
 */
export function countGuess(
  tx: Write,
  email: string,
  user_id: string | undefined,
  { ip, browser = '' }: Origin,
): readonly Uint8Array[] {
  const typed = email.normalize('NFKC').toLowerCase()
  if (browser && user_id && isKnown(tx, browser, user_id)) {
    const key = sha256(`browser ${browser} ${typed}`)
    countAttempt(tx, key)
    return [key]
  }
  const [near, anywhere] = [sha256(`address ${neighbourhoodOf(ip)} ${typed}`), sha256(typed)]
  countAttempt(tx, near, 'passwords', most_from_address)
  countAttempt(tx, anywhere, 'passwords', most_from_anywhere)
  return [near, anywhere]
}

export function forgetGuesses(tx: Write, keys: readonly Uint8Array[]): void {
  for (const key of keys) deleteAttempts(tx, key)
}

function isKnown(read: Read, browser: string, user_id: string): boolean {
  const seen_at = findBrowser(read, hashFor(browser, user_id))
  return seen_at !== undefined && seen_at > timestamp(read.now_ms - known_for_ms)
}

/** Makes the browser known for a person who has proven himself. @returns the cookie it keeps */
export async function rememberBrowser(
  { data, services, request }: Pick<Caller, 'data' | 'services' | 'request'>,
  { tenant_id, user_id }: { tenant_id: string; user_id: string },
): Promise<string> {
  const browser = browserOf(request) || randomSecret(32)
  await fileOf(data, tenant_id).write(scope, (tx) => {
    deleteBrowsersBefore(tx, timestamp(tx.now_ms - known_for_ms))
    upsertBrowser(tx, hashFor(browser, user_id), user_id)
    deleteOldestBrowsers(tx, user_id, most_of_person)
  })
  const secure = services.public_url.startsWith('https:') ? '; Secure' : ''
  const lasts = `Max-Age=${known_for_ms / 1_000}; HttpOnly; SameSite=Lax${secure}`
  return `${cookie_name}=${browser}; Path=/; ${lasts}`
}

const fileOf = (data: DataFolder, tenant_id: string) =>
  tenant_id ? data.tenants.at(tenant_id) : data.platform
