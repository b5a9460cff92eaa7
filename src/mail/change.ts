/** Sends a mail again, or takes it back before it leaves. */
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { requireText } from './open.ts'
import { getMail, getMailRow } from './read.ts'
import type { Mail } from './schema.ts'
import { queueAgain, setCancelled } from './store.ts'

/**
 * It leaves at once, with all its attempts before it again, and under the same Message-ID.
 * @throws Problem `mail_state` once it was sent or cancelled, `mail_emptied` after its time
 */
export function resendMail(tx: Write, { id }: { id: string }): Mail {
  const row = getMailRow(tx, id)
  refuseEnded(row.state)
  requireText(tx, row)
  queueAgain(tx, id)
  return getMail(tx, { id })
}

/**
 * Its text is emptied. One that is with the mail server at this moment may still arrive: then it
 * says `sent` in the end. @throws Problem `mail_state`
 */
export function cancelMail(tx: Write, { id }: { id: string }): Mail {
  refuseEnded(getMailRow(tx, id).state)
  setCancelled(tx, id)
  return getMail(tx, { id })
}

function refuseEnded(state: Mail['state']): void {
  if (state !== 'sent' && state !== 'cancelled') return
  throw new Problem('mail_state', `This mail is ${state}.`, { mail_state: state })
}
