/** Changes the password of a person who knows the old one, and signs out everywhere else. */
import { Problem } from '../../kit/problem.ts'
import { sha256 } from '../../kit/secrets.ts'
import type { Write } from '../../db/session.ts'
import { queueMail } from '../../mail/queue.ts'
import type { Outward } from '../../operations/outward.ts'
import { countAttempt } from '../attempts.ts'
import { deleteOtherSessions } from '../own-sessions/store.ts'
import { deleteResets } from '../password-reset/store.ts'
import { hashPassword, verifyPassword } from '../passwords.ts'
import { ownUser } from '../second-factor/own-user.ts'
import {
  deleteAttempts,
  deleteBrowsers,
  deleteOpenLinks,
  setPassword,
  type UserRow,
} from '../user-store.ts'
import { getAccount } from './read.ts'
import type { Account, PasswordChange } from './schema.ts'

/**
 * Whoever finds an open browser does not guess the old one: wrong ones are counted as at the door.
 * @throws Problem `forbidden`, `wrong_password`, `weak_password`, `locked_out`
 */
export async function changePassword(outward: Outward, typed: PasswordChange): Promise<Account> {
  const user = outward.read(ownUser)
  const key = sha256(`password of ${user.id}`)
  await outward.write((tx) => countAttempt(tx, key))
  const right = await verifyPassword(typed.current_password, user.password_hash ?? undefined)
  if (!right) throw wrongPassword('/current_password')
  const password_hash = await hashPassword(typed.password, user.email)
  return outward.write((tx) => {
    deleteAttempts(tx, key)
    deleteOtherSessions(tx, user.id, tx.scope.session?.id ?? '')
    keepPassword(tx, user, password_hash)
    return getAccount(tx)
  })
}

/** Every link that could set another one ends with the change, no browser is trusted from before, and who had one is told. */
export function keepPassword(
  tx: Write,
  { id, email, name, password_hash: before }: UserRow,
  password_hash: string,
): void {
  setPassword(tx, id, password_hash)
  deleteResets(tx, id)
  deleteOpenLinks(tx, id)
  deleteBrowsers(tx, id)
  if (before === null) return
  queueMail(tx, {
    kind: 'password_changed',
    recipient: email,
    subject: 'Your password was changed',
    lines: [
      `${name}, the password of your account was changed just now.`,
      'If this was not you, ask for a new one at once and tell whoever looks after your team.',
    ],
    action: { label: 'Ask for a new password', path: '/forgot' },
  })
}

export const wrongPassword = (pointer: string): Problem => {
  const detail = 'This is not the password you sign in with now.'
  return new Problem('wrong_password', detail, { errors: [{ pointer, detail }] })
}
