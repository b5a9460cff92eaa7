/** The way into a member's eyes, for staff who asked for it, and the way out. */
import { Problem } from '../../kit/problem.ts'
import type { Entrance } from '../../operations/page.ts'
import { supportOfferView } from '../../../views/access/support-offer.tsx'
import { letOut } from '../doorway.ts'
import { openEyes, readOffer } from './open.ts'
import { park } from './park.ts'

const openEntrance: Entrance = {
  path: '/support-access/:secret',
  title: 'Look through other eyes',
  show: (caller) => {
    const { visitor, problem, fields, params } = caller
    if (!visitor) return { to: `/sign-in?to=${encodeURIComponent(caller.url.pathname)}` }
    return supportOfferView({
      offer: readOffer(caller),
      action: `/support-access/${params.secret}`,
      state: { csrf_token: visitor.csrf_token, problem, fields },
    })
  },
  submit: async (caller) => {
    const kept = park(caller)
    return { to: '/', cookies: [await openEyes(caller), ...kept] }
  },
}

const endEntrance: Entrance = {
  path: '/support-end',
  title: 'End support access',
  show: () => ({ to: '/' }),
  submit: (caller) => {
    if (!caller.visitor?.principal.actor.impersonator) {
      throw new Problem('forbidden', 'You look through nobody’s eyes but your own.')
    }
    return letOut(caller)
  },
}

export const support_entrances = [openEntrance, endEntrance]
