/** Sends a link to a person who forgot the password; whoever asks learns nothing from the answer. */
import { day_ms, hour_ms, timestamp } from '../../kit/clock.ts'
import { randomSecret, sha256 } from '../../kit/secrets.ts'
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope } from '../../db/scope.ts'
import { queueMail } from '../../mail/queue.ts'
import { noteAttempt } from '../attempts.ts'
import { findAccount, limitAddress } from '../sign-in.ts'
import { countResetsSince, deleteResetsBefore, insertReset } from './store.ts'

const good_for_ms = hour_ms
/** Nobody fills another's mailbox. */
const most_in_an_hour = 3
const forget_ms = day_ms

const asking = systemScope('password reset')

/**
 * Takes as long for an address that nobody has: the same reads, and a write that reaches the disk.
 * Earlier links go on working: somebody else who asks must not end the one on its way.
 * @throws Problem `rate_limited`
 */
export async function askReset(
  data: DataFolder,
  typed: { email: string; business: string },
  from: { ip: string; user_agent: string; request_id: string },
): Promise<void> {
  limitAddress(data, from.ip)
  const email = typed.email.trim()
  const { tenant_id, user } = findAccount(data, email, typed.business)
  const file = tenant_id ? data.tenants.at(tenant_id) : data.platform
  await file.write({ ...asking, tenant_id, ...from }, (tx) => {
    deleteResetsBefore(tx, timestamp(tx.now_ms - forget_ms))
    noteAttempt(tx, sha256(`reset ${email.toLowerCase()}`))
    const since = timestamp(tx.now_ms - hour_ms)
    if (!user || countResetsSince(tx, user.id, since) >= most_in_an_hour) return
    const secret = randomSecret(32)
    const expires_at = timestamp(tx.now_ms + good_for_ms)
    insertReset(tx, { secret_hash: sha256(secret), user_id: user.id, expires_at })
    queueMail(tx, {
      kind: 'password_reset',
      recipient: user.email,
      subject: 'A new password',
      lines: [
        `${user.name}, somebody asked for a new password for your account.`,
        'If it was you, choose one within the hour: the link works once. If not, nothing changes.',
      ],
      action: {
        label: 'Choose a new password',
        path: `/reset/${tenant_id ? `${tenant_id}.` : ''}${secret}`,
      },
      expires_at,
    })
  })
}
