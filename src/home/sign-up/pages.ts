/** The entrances by which a stranger founds a business, and the operator's page of them. */
import { entranceState, typedIn } from '../../access/entrance-fields.ts'
import { letIn } from '../../access/doorway.ts'
import { originOf } from '../../access/origin.ts'
import {
  form,
  formState,
  page,
  submission,
  type Entrance,
  type RoomPages,
} from '../../operations/page.ts'
import { confirmView, sentView, signUpView } from '../../../views/home/sign-up/sign-up.tsx'
import { signUpsView } from '../../../views/home/sign-up/list.tsx'
import { signUpsList, signUpsRevoke } from './api.ts'
import { askToSignUp, requireOpen } from './ask.ts'
import { confirmSignUp, whatLink } from './confirm.ts'

const signUp: Entrance = {
  path: '/sign-up',
  title: 'Set up your business',
  show: (caller) => {
    const environment = requireOpen(caller.services)
    const { host } = new URL(caller.services.public_url)
    return signUpView({ environment, host, state: entranceState(caller) })
  },
  submit: async (caller) => {
    const { data, fields, services } = caller
    requireOpen(services)
    await askToSignUp(
      data,
      {
        business_name: typedIn(fields, 'business_name'),
        person_name: typedIn(fields, 'person_name'),
        email: typedIn(fields, 'email'),
        domain_preference: typedIn(fields, 'domain_preference'),
        password: typedIn(fields, 'password'),
      },
      originOf(caller),
    )
    return { to: '/sign-up/sent' }
  },
}

const sent: Entrance = {
  path: '/sign-up/sent',
  title: 'Look into your mail',
  show: ({ services }) => {
    requireOpen(services)
    return sentView()
  },
}

/** A button, because those who look through mail for viruses open every link. */
const confirm: Entrance = {
  path: '/sign-up/:secret',
  title: 'Set up your business',
  show: (caller) => {
    const { data, services, params } = caller
    const environment = requireOpen(services)
    const secret = params.secret ?? ''
    const { business_name, person_name } = whatLink(data, secret)
    const action = `/sign-up/${encodeURIComponent(secret)}`
    return confirmView({
      ...{ business_name, person_name, environment, action },
      state: entranceState(caller),
    })
  },
  submit: async (caller) =>
    letIn(caller, await confirmSignUp(caller, caller.params.secret ?? ''), 'sign_up', '/set-up'),
}

const path = '/platform/sign_ups'

const list = page({
  route: `GET ${path}`,
  title: 'Sign-ups',
  nav: {
    group: 'Businesses',
    label: 'Sign-ups',
    icon: 'people',
    permission: 'sign_ups.read',
    level: 'platform',
  },
  show: (visit) =>
    signUpsView({
      url: visit.problem ? new URL(path, visit.url) : visit.url,
      state: formState(visit),
      open: visit.services.sign_up,
      may_write: visit.may('sign_ups.write'),
      sign_ups: visit.ask(signUpsList, visit.query(signUpsList)),
    }),
})

const revoke = form({
  route: `POST ${path}/:id/revoke`,
  again: list,
  submit: submission(
    signUpsRevoke,
    (_, { id }) => ({ id }),
    ({ business_name }) => ({ to: path, say: `The sign-up of ${business_name} is revoked.` }),
  ),
})

export const pages: RoomPages = {
  pages: [list],
  forms: [revoke],
  entrances: [signUp, sent, confirm],
}
