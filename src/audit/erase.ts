/** Forgets a person everywhere: the account, the trail's details, the mails, what was told of him. */
import { erasePerson, requireErasable } from '../access/erased/erase-person.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { pseudonymisePerson } from '../events/pseudonymise.ts'
import { forgetRecipient } from '../mail/forget-recipient.ts'
import type { Outward } from '../operations/outward.ts'
import { personErased } from './events.ts'
import { forgetMentions, forgetSubject, pseudonymOf } from './forget-subject.ts'
import type { ErasedPerson } from './schema.ts'

/**
 * First the trail is looked through for mentions of the address, a stretch at a time, with others'
 * work in between; then the rest goes in one transaction. Cut off in the middle, it is asked for again.
 * @throws Problem as `requireErasable`
 */
export async function erase(
  { read, write }: Pick<Outward, 'read' | 'write'>,
  { id }: { id: string },
): Promise<ErasedPerson> {
  const { email } = read((read) => requireErasable(read, id))
  let entries = 0
  let from = 1
  for (;;) {
    const { forgotten, next } = await write((tx) => forgetMentions(tx, [email], from))
    entries += forgotten
    if (next === undefined) break
    from = next
  }
  const done = await write((tx) => eraseNow(tx, id, from))
  return { ...done, entries_forgotten: entries + done.entries_forgotten }
}

/** @param from what the trail got since it was looked through begins here */
function eraseNow(tx: Write, id: string, from: number): ErasedPerson {
  const person = requireErasable(tx, id)
  const pseudonym = pseudonymOf(id)
  const mentioned = forgetMentions(tx, [person.email], from).forgotten
  const { email } = erasePerson(tx, id, person, pseudonym)
  const about = [id, ...person.invitation_ids]
  const erased = {
    id,
    pseudonym,
    entries_forgotten: mentioned + forgetSubject(tx, about),
    mails_forgotten: forgetRecipient(tx, person.email, email),
    events_forgotten: pseudonymisePerson(tx, about, person.email, { name: pseudonym, email }),
  }
  emit(tx, personErased, id, erased)
  return erased
}
