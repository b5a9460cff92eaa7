/** The entrance behind the link of an invitation. */
import type { Caller, Entrance } from '../../operations/page.ts'
import { joinView } from '../../../views/access/join.tsx'
import { letIn } from '../doorway.ts'
import { entranceState, twice, typedIn } from '../entrance-fields.ts'
import { originOf } from '../origin.ts'
import { readSetupPath } from '../setup-link.ts'
import { acceptInvitation, greetInvited } from './accept.ts'

const termsAt = ({ services }: Caller, text: string) => {
  const { tenant_id } = readSetupPath(text)
  return tenant_id ? services.terms?.(tenant_id) : undefined
}

const joinEntrance: Entrance = {
  path: '/join/:secret',
  title: 'Join',
  show: (caller) => {
    const secret = caller.params.secret ?? ''
    return joinView({
      ...greetInvited(caller.data, secret),
      action: `/join/${secret}`,
      state: entranceState(caller),
    })
  },
  submit: async (caller) => {
    const { data, fields, audit } = caller
    const secret = caller.params.secret ?? ''
    const { known_name, organization_name } = greetInvited(data, secret)
    const password = known_name ? typedIn(fields, 'password') : twice(fields)
    const typed = { name: typedIn(fields, 'name'), password }
    const helpers = { audit, terms: termsAt(caller, secret) }
    const accepted = await acceptInvitation(data, secret, typed, originOf(caller), helpers)
    const entered = await letIn(caller, accepted, accepted.is_new ? 'invitation' : 'password')
    return { ...entered, say: `You belong to ${organization_name || 'the staff'} now.` }
  },
}

export const invitation_entrances = [joinEntrance]
