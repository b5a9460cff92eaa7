/** Invites people to an organization by mail, all of them or nobody. */
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { sendInvitation } from '../access/invitations/send.ts'
import { reachOf } from '../access/reach.ts'
import { getOpenOrganization } from './read.ts'
import type { InvitesSent, InviteWish } from './schema.ts'
import { inOrganization } from './within.ts'

/** @throws Problem `not_found`, `organization_archived`, and as `inviteAll` */
export function sendInvites(
  tx: Write,
  { id, invites }: { id: string; invites: readonly InviteWish[] },
): InvitesSent {
  const { name } = getOpenOrganization(tx, { id })
  inviteAll(tx, id, invites, 'invites')
  return { organization: { id, name }, invitations_sent: invites.length }
}

/**
 * What is wrong with each of them is said at once, and then nobody is invited.
 * @param field of the input that holds them
 * @throws Problem that of the first who cannot be invited, with `errors` for all
 */
export function inviteAll(
  tx: Write,
  organization_id: string,
  invites: readonly InviteWish[],
  field: string,
): void {
  const reach = reachOf(tx)
  const there = inOrganization(tx, organization_id)
  const wrong: { problem: Problem; index: number }[] = []
  for (const [index, { email, roles }] of invites.entries()) {
    try {
      sendInvitation(there, { email, role: roles[0]! }, reach)
    } catch (error) {
      // All are looked at before any is refused; what is not about one of them is thrown on.
      if (!(error instanceof Problem)) throw error
      wrong.push({ problem: error, index })
    }
  }
  if (wrong.length > 0) throw together(wrong, field)
}

/** The first refusal, with a pointer to each that is wrong. The transaction takes all of it back. */
function together(wrong: readonly { problem: Problem; index: number }[], field: string): Problem {
  const errors = wrong.map(({ problem, index }) => ({
    pointer: `/${field}/${index}/${isAboutRole(problem) ? 'roles/0' : 'email'}`,
    detail: problem.detail.replace(/^\/role: /, ''),
  }))
  const { code, detail, facts } = wrong[0]!.problem
  return new Problem(code, detail, { ...facts, errors })
}

const isAboutRole = ({ code }: Problem): boolean =>
  code === 'invalid' || code === 'exceeds_own_rights'
