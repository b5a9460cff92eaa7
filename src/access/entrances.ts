/** The entrances: set-up, sign-in, sign-out, and the way from one organization to another. */
import type { Caller, Entrance } from '../operations/page.ts'
import { Problem } from '../kit/problem.ts'
import { setUpView } from '../../views/access/set-up.tsx'
import { signInView } from '../../views/access/sign-in.tsx'
import { signOutView } from '../../views/access/sign-out.tsx'
import { switchOrganizationView } from '../../views/access/switch-organization.tsx'
import { businessAtHost, hasSeveralBusinesses, letIn, letOut, ownPath } from './doorway.ts'
import { support_entrances } from './impersonation/entrances.ts'
import { unpark } from './impersonation/park.ts'
import { originOf } from './origin.ts'
import { factor_entrances } from './second-factor/entrances.ts'
import { entranceState, twice, typedIn } from './entrance-fields.ts'
import { browserOf } from './known-browsers.ts'
import { invitation_entrances } from './invitations/entrances.ts'
import { reset_entrances } from './password-reset/entrances.ts'
import { setUp, whoseLink } from './set-up.ts'
import { signIn } from './sign-in.ts'
import { switchOrganization } from './switch-organization.ts'

const signInEntrance: Entrance = {
  path: '/sign-in',
  title: 'Sign in',
  show: (caller) => {
    const to = ownPath(caller.url.searchParams.get('to'))
    if (caller.visitor) return { to: to ?? homeOf(caller) }
    // Staff whose look through other eyes ran out go on as themselves.
    const own = unpark(caller)
    if (own.length > 0) return { to: '/platform/support', cookies: own }
    const business = businessAtHost(caller)
    return signInView({
      business_name: business?.name,
      asks_business: !business && hasSeveralBusinesses(caller.data),
      may_sign_up: caller.services.sign_up !== undefined,
      action: to ? `/sign-in?to=${encodeURIComponent(to)}` : '/sign-in',
      state: entranceState(caller),
    })
  },
  submit: async (caller) => {
    const { fields, data } = caller
    const credentials = {
      email: typedIn(fields, 'email'),
      password: typedIn(fields, 'password'),
      business: businessAtHost(caller)?.slug ?? typedIn(fields, 'business'),
    }
    const from = { ...originOf(caller), browser: browserOf(caller.request) }
    const signed = await signIn(data, credentials, from, caller.audit)
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
      state: entranceState(caller),
    })
  },
  submit: async (caller) => {
    const { data, params, fields } = caller
    const typed = {
      name: typedIn(fields, 'name'),
      email: typedIn(fields, 'email'),
      password: twice(fields),
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
    return signOutView({ name: visitor.user.name, state: entranceState(caller) })
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
      state: entranceState(caller),
    })
  },
  submit: async ({ data, request, visitor, fields }) => {
    if (!visitor) throw new Problem('unauthenticated', 'Sign in first.')
    await switchOrganization(data, request, visitor, typedIn(fields, 'organization_id'))
    return { to: '/', say: 'You are in another organization now.' }
  },
}

export const entrances = [
  signInEntrance,
  setUpEntrance,
  signOutEntrance,
  switchEntrance,
  ...factor_entrances,
  ...support_entrances,
  ...invitation_entrances,
  ...reset_entrances,
]
