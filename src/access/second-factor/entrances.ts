/** The second half of sign-in, and the question whether it is really you. */
import type { Caller, Entrance } from '../../operations/page.ts'
import { codeView } from '../../../views/access/code.tsx'
import { confirmView } from '../../../views/access/confirm.tsx'
import { letIn, ownPath } from '../doorway.ts'
import { originOf } from '../origin.ts'
import { answerChallenge, isChallenged, spentChallenge } from './challenge.ts'
import { confirmPerson, proof_field, waysToProve } from './confirm.ts'

const stateOf = ({ visitor, problem, fields }: Caller) => ({
  csrf_token: visitor?.csrf_token ?? '',
  problem,
  fields,
})

const pathIn = ({ url }: Caller, name: string): string | undefined =>
  ownPath(url.searchParams.get(name))

const codeEntrance: Entrance = {
  path: '/sign-in/code',
  title: 'One more step',
  show: (caller) => {
    const { data, request, url, problem } = caller
    if (!problem && !isChallenged(data, request)) {
      return { to: '/sign-in', say: 'This took too long: begin again with your password.' }
    }
    return codeView({ action: url.pathname + url.search, state: stateOf(caller) })
  },
  submit: async (caller) => {
    const { data, services, request, fields, audit } = caller
    const typed = fields.get('code') ?? ''
    const doors = { data, services }
    const { method, ...signed } = await answerChallenge(
      doors,
      request,
      typed,
      originOf(caller),
      audit,
    )
    const { to, cookies = [] } = await letIn(caller, signed, method, pathIn(caller, 'to'))
    return { to, cookies: [...cookies, spentChallenge(services.public_url)] }
  },
}

/** With `resume` a form was interrupted: it is sent again, to where it was going, once it is proven. */
const confirmEntrance: Entrance = {
  path: '/confirm',
  title: 'Confirm that it is you',
  show: (caller) => {
    const { visitor, url, fields } = caller
    if (!visitor) return { to: '/sign-in' }
    return confirmView({
      name: visitor.user.name,
      action: url.pathname + url.search,
      ways: waysToProve(caller),
      proof_field,
      carried: [...fields].filter(([name]) => name !== proof_field),
      back: pathIn(caller, 'back') ?? pathIn(caller, 'to') ?? '/',
      state: stateOf(caller),
    })
  },
  submit: async (caller) => {
    await confirmPerson(caller)
    const resume = pathIn(caller, 'resume')
    // Every form of ours has a key: without one nothing was interrupted, and a link that somebody
    // else made must not press a button here.
    if (resume && caller.fields.has('idempotency_key')) return { to: resume, resume: true }
    return {
      to: pathIn(caller, 'to') ?? pathIn(caller, 'back') ?? '/',
      say: 'Confirmed: this lasts a quarter of an hour.',
    }
  },
}

export const factor_entrances = [codeEntrance, confirmEntrance]
