/** Opens a mail, so that a person can hand over what is in it. */
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import type { MailContent } from './queue.ts'
import { getMail, getMailRow, hasText } from './read.ts'
import type { OpenedMail } from './schema.ts'
import { isToLeader, leadsHere, scopesOfToken, type MailRow } from './store.ts'

/** It changes nothing and is still a command: whoever reads a link to another's account is noted. */
export function openMail(tx: Write, { id }: { id: string }): OpenedMail {
  const row = getMailRow(tx, id)
  refuseWhatLeadsTooFar(tx, row)
  requireText(tx, row)
  const { lines, action } = JSON.parse(row.content) as MailContent
  return { ...getMail(tx, { id }), lines: [...lines], action: action ?? null }
}

/** @throws Problem `mail_emptied` */
export function requireText(tx: Write, row: MailRow): void {
  if (hasText(row, tx.now)) return
  throw new Problem('mail_emptied', 'The text of this mail is not kept any more.', {
    mail_state: row.state,
  })
}

/**
 * Whoever may open mails is not an owner for that: the link in a mail to one would make him one.
 * @throws Problem `exceeds_own_rights`
 */
function refuseWhatLeadsTooFar(tx: Write, row: MailRow): void {
  const { kind, id } = tx.scope.actor
  if (kind === 'system' || !isToLeader(tx, row)) return
  const leads = kind === 'token' ? scopesOfToken(tx, id).includes('*') : leadsHere(tx, id)
  if (leads) return
  const who = tx.scope.tenant_id ? 'owner' : 'operator'
  throw new Problem('exceeds_own_rights', `This goes to an ${who}: only an ${who} opens it.`)
}
