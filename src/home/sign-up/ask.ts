/** Somebody wants to found a business: he gets a mail, and nothing is founded before he opened it. */
import { day_ms, hour_ms, timestamp } from '../../kit/clock.ts'
import { isLabel } from '../../kit/host-names.ts'
import { invalid, notFound, Problem } from '../../kit/problem.ts'
import { randomSecret, sha256 } from '../../kit/secrets.ts'
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope } from '../../db/scope.ts'
import { hashPassword } from '../../access/passwords.ts'
import { limitAddress } from '../../access/sign-in.ts'
import { queueMail } from '../../mail/queue.ts'
import { AddressLimiter } from '../../operations/rate-limit.ts'
import type { Services } from '../../operations/services.ts'
import { countOfEmail, insertSignUp } from './store.ts'

export const link_ms = day_ms
/** Nobody's mailbox is filled by others. */
const most_an_hour = 3

/** Each is a mail with a stranger's words to an address of his choice: some, but no stream of them. */
const mails_of_address = { per_second: 1 / 120, burst: 20 }

const mail_shape = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const longest_name = 200
const longest_email = 254

export interface SignUpWish {
  business_name: string
  person_name: string
  email: string
  domain_preference: string
  password: string
}

/** @throws Problem `not_found` where strangers may found nothing */
export function requireOpen({ sign_up }: Pick<Services, 'sign_up'>): 'sandbox' | 'live' {
  if (!sign_up) throw notFound('page', '/sign-up')
  return sign_up
}

/**
 * Whether the address is known here makes no difference: nothing is looked up by it, and the answer
 * is in the mailbox alone.
 * @throws Problem `rate_limited`, `invalid`, `weak_password`
 */
export async function askToSignUp(
  data: DataFolder,
  typed: SignUpWish,
  from: { ip: string; user_agent: string; request_id: string },
): Promise<void> {
  limitAddress(data, from.ip)
  const wish = read(typed)
  const password_hash = await hashPassword(typed.password, wish.email)
  limiterOf(data).take(from.ip)
  const secret = randomSecret(32)
  await data.platform.write({ ...systemScope('sign-up'), ...from }, (tx) => {
    const since = timestamp(tx.now_ms - hour_ms)
    if (countOfEmail(tx, wish.email, since) >= most_an_hour) return
    const expires_at = timestamp(tx.now_ms + link_ms)
    const row = { ...wish, id: tx.id('sup'), password_hash, ip: from.ip, expires_at }
    insertSignUp(tx, sha256(secret), row)
    queueMail(tx, {
      kind: 'sign_up',
      recipient: wish.email,
      subject: `Confirm ${wish.business_name}`,
      lines: [
        `${wish.person_name}, you asked for ${wish.business_name} to be set up.`,
        'The link works once, for 24 hours. If it was not you, nothing happens without it.',
      ],
      action: { label: 'Set it up', path: `/sign-up/${secret}` },
      expires_at,
    })
  })
}

const limiters = new WeakMap<DataFolder, AddressLimiter>()

function limiterOf(data: DataFolder): AddressLimiter {
  let limiter = limiters.get(data)
  if (!limiter) limiters.set(data, (limiter = new AddressLimiter(data.clock, mails_of_address)))
  return limiter
}

function read(typed: SignUpWish): Omit<SignUpWish, 'password'> {
  const wish = {
    business_name: typed.business_name.trim(),
    person_name: typed.person_name.trim(),
    email: typed.email.trim(),
    domain_preference: typed.domain_preference.trim().toLowerCase(),
  }
  const wrong = Object.entries({
    business_name: isShort(wish.business_name) ? '' : 'Say what the business is called.',
    person_name: isShort(wish.person_name) ? '' : 'Say who you are.',
    email: isMail(wish.email) ? '' : 'This is not an e-mail address.',
    domain_preference: isWish(wish) ? '' : 'Use small letters, digits and hyphens.',
  }).flatMap(([name, detail]) => (detail ? [{ pointer: `/${name}`, detail }] : []))
  const [first] = wrong
  if (!first) return wish
  if (wrong.length === 1) throw invalid(first.pointer, first.detail)
  throw new Problem('invalid', 'Some fields need another look.', { errors: wrong })
}

/** One line: a break would let a stranger write paragraphs of a mail that is ours. */
const isShort = (text: string): boolean =>
  text.length > 0 && text.length <= longest_name && !/[\p{Cc}\u2028\u2029]/u.test(text)
const isMail = (text: string): boolean => text.length <= longest_email && mail_shape.test(text)
const isWish = ({ domain_preference: text }: { domain_preference: string }): boolean =>
  text === '' || isLabel(text)
