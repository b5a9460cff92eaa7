/** Leaves the organization, or the staff: the account stays where it belongs elsewhere. */
import type { Write } from '../../db/session.ts'
import { endMembership } from '../change-member.ts'
import { getMember } from '../read-members.ts'
import type { Member } from '../schema.ts'
import { ownUser } from '../second-factor/own-user.ts'

/** @throws Problem `forbidden`, `last_owner` */
export const leaveOrganization = (tx: Write): Member =>
  endMembership(tx, getMember(tx, { id: ownUser(tx).id }))
