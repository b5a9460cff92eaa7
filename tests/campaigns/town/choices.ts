/** What people in a town do, and how often. */
import type { Random } from '../../random.ts'
import * as operator from './operator-commands.ts'
import * as people from './people-commands.ts'
import type { Generator } from './people-commands.ts'

const weighted: readonly [weight: number, generator: Generator][] = [
  [20, people.addMember],
  [16, people.changeMember],
  [8, people.memberVerb('remove')],
  [4, people.memberVerb('renew_setup_link')],
  [2, people.memberVerb('end_sessions')],
  [8, people.createRole],
  [6, people.changeRole],
  [3, people.removeRole],
  [12, people.invite],
  [5, people.invitationVerb('resend')],
  [4, people.invitationVerb('revoke')],
  [14, people.createToken],
  [4, people.tokenVerb('rotate')],
  [4, people.tokenVerb('revoke')],
  [4, people.createOrganization],
  [8, people.addDomain],
  [8, people.domainVerb('verify')],
  [3, people.domainVerb('prefer')],
  [4, people.domainVerb('release')],
  [6, people.lookAtMails],
  [3, people.mailVerb('open')],
  [3, people.mailVerb('resend')],
  [3, people.mailVerb('cancel')],
  [10, people.ownPlan],
  [2, people.ownEnd],
  [6, people.fulfil],
  [3, people.sibling],
  [3, people.removeSibling],
  [24, people.work],
  [24, people.look],
  [3, people.security],
  [3, operator.createPlan],
  [5, operator.changePlan],
  [4, operator.planVerb('offer')],
  [2, operator.planVerb('retire')],
  [1, operator.planVerb('remove')],
  [3, operator.planVerb('move_subscribers')],
  [12, operator.assign],
  [3, operator.planOf('remove')],
  [4, operator.planOf('keep')],
  [12, operator.override],
  [6, operator.removeOverride],
  [6, operator.killSwitch],
  [2, operator.createFlag],
  [6, operator.changeFlag],
  [9, operator.addRequirement],
  [6, operator.requirementVerb('meet')],
  [4, operator.requirementVerb('waive')],
  [4, operator.requirementVerb('reopen')],
  [3, operator.life('suspend')],
  [9, operator.life('resume')],
  [3, operator.life('close')],
  [8, operator.life('reopen')],
  [3, operator.found],
  [3, operator.move],
  [0.6, operator.erase],
  [10, operator.correctUsage],
  [4, operator.staff],
  [8, operator.look],
]

const sum = weighted.reduce((total, [weight]) => total + weight, 0)

export function choose(random: Random): Generator {
  let left = random.next() * sum
  return weighted.find(([weight]) => (left -= weight) < 0)?.[1] ?? people.look
}
