/** The entrances: set-up, sign-in, sign-out, and the way from one organization to another. */
import type { Caller, Entrance, Fields } from '../operations/page.ts'
import { invalid, Problem } from '../kit/problem.ts'
import { setUpView } from '../../views/access/set-up.tsx'
import { signInView } from '../../views/access/sign-in.tsx'
import { signOutView } from '../../views/access/sign-out.tsx'
import { switchOrganizationView } from '../../views/access/switch-organization.tsx'
import {
  businessAtHost,
  hasSeveralBusinesses,
  letIn,
  letOut,
  originOf,
  ownPath,
} from './doorway.ts'
import { setUp, whoseLink } from './set-up.ts'
import { signIn } from './sign-in.ts'
import { switchOrganization } from './switch-organization.ts'

const text = (fields: Fields, name: string): string => fields.get(name) ?? ''

/** Who opens a link may be signed in as somebody else: then the form carries that session's token. */
const stateOf = ({ visitor, problem, fields }: Caller) => ({
  csrf_token: visitor?.csrf_token ?? '',
  problem,
  fields,
})

const signInEntrance: Entrance = {
  path: '/sign-in',
  title: 'Sign in',
  show: (caller) => {
    const to = ownPath(caller.url.searchParams.get('to'))
    if (caller.visitor) return { to: to ?? homeOf(caller) }
    const business = businessAtHost(caller)
    return signInView({
      business_name: business?.name,
      asks_business: !business && hasSeveralBusinesses(caller.data),
      action: to ? `/sign-in?to=${encodeURIComponent(to)}` : '/sign-in',
      state: stateOf(caller),
    })
  },
  submit: async (caller) => {
    const { fields, data } = caller
    const credentials = {
      email: text(fields, 'email'),
      password: text(fields, 'password'),
      business: businessAtHost(caller)?.slug ?? text(fields, 'business'),
    }
    const signed = await signIn(data, credentials, originOf(caller), caller.audit)
    return letIn(caller, signed, 'password', ownPath(caller.url.searchParams.get('to')))
  },
}

const homeOf = ({ visitor }: Caller): string => (visitor?.tenant ? '/' : '/platform/tenants')

const setUpEntrance: Entrance = {
  path: '/setup/:secret',
  title: 'Set up your account',
  show: (caller) => {
    const { data, params } = caller
    return setUpView({
      known: whoseLink(data, params.secret ?? ''),
      action: `/setup/${params.secret}`,
      state: stateOf(caller),
    })
  },
  submit: async (caller) => {
    const { data, params, fields } = caller
    if (fields.get('password') !== fields.get('password_again')) {
      throw invalid('/password_again', 'The two passwords differ.')
    }
    const typed = {
      name: text(fields, 'name'),
      email: text(fields, 'email'),
      password: text(fields, 'password'),
    }
    const origin = originOf(caller)
    const signed = await setUp(data, params.secret ?? '', typed, origin, caller.audit)
    return letIn(caller, signed, 'setup_link')
  },
}

const signOutEntrance: Entrance = {
  path: '/sign-out',
  title: 'Sign out',
  show: (caller) => {
    const { visitor } = caller
    if (!visitor) return { to: '/sign-in' }
    return signOutView({ name: visitor.user.name, state: stateOf(caller) })
  },
  submit: letOut,
}

const switchEntrance: Entrance = {
  path: '/organization',
  title: 'Choose an organization',
  show: (caller) => {
    const { visitor } = caller
    if (!visitor) return { to: '/sign-in' }
    const { organizations, principal } = visitor
    return switchOrganizationView({
      organizations,
      current: principal.organization_id,
      state: stateOf(caller),
    })
  },
  submit: async ({ data, request, visitor, fields }) => {
    if (!visitor) throw new Problem('unauthenticated', 'Sign in first.')
    await switchOrganization(data, request, visitor, text(fields, 'organization_id'))
    return { to: '/', say: 'You are in another organization now.' }
  },
}

export const entrances = [signInEntrance, setUpEntrance, signOutEntrance, switchEntrance]
