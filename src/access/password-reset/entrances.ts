/** The entrances for a person who forgot the password. */
import type { Entrance } from '../../operations/page.ts'
import { forgotView, resetView, sentView } from '../../../views/access/forgot.tsx'
import { businessAtHost, hasSeveralBusinesses } from '../doorway.ts'
import { entranceState, twice, typedIn } from '../entrance-fields.ts'
import { rememberBrowser } from '../known-browsers.ts'
import { originOf } from '../origin.ts'
import { askReset } from './ask.ts'
import { resetPassword, whoseReset } from './use.ts'

const forgot: Entrance = {
  path: '/forgot',
  title: 'A new password',
  show: (caller) =>
    forgotView({
      asks_business: !businessAtHost(caller) && hasSeveralBusinesses(caller.data),
      state: entranceState(caller),
    }),
  submit: async (caller) => {
    const { data, fields } = caller
    const email = typedIn(fields, 'email')
    const business = businessAtHost(caller)?.slug ?? typedIn(fields, 'business')
    await askReset(data, { email, business }, originOf(caller))
    return { to: '/forgot/sent' }
  },
}

const sent: Entrance = {
  path: '/forgot/sent',
  title: 'Look into your mail',
  show: () => sentView(),
}

const reset: Entrance = {
  path: '/reset/:secret',
  title: 'Choose a new password',
  show: (caller) => {
    const secret = caller.params.secret ?? ''
    const { name, email } = whoseReset(caller.data, secret)
    return resetView({ name, email, action: `/reset/${secret}`, state: entranceState(caller) })
  },
  submit: async (caller) => {
    const { data, params, fields, audit } = caller
    const secret = params.secret ?? ''
    const person = await resetPassword(data, secret, twice(fields), originOf(caller), audit)
    return { to: '/sign-in', cookies: [await rememberBrowser(caller, person)] }
  },
}

export const reset_entrances = [forgot, sent, reset]
