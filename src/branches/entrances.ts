/** The door between a live business, its sandboxes and its branches. */
import type { Caller, Entrance } from '../operations/page.ts'
import { Problem } from '../kit/problem.ts'
import { letIn } from '../access/doorway.ts'
import { originOf } from '../access/origin.ts'
import { findOpenSession, hashId } from '../access/sessions.ts'
import { arrive } from './enter.ts'

/** The link is of no use to any other browser, so that opening it is enough. */
const enter: Entrance = {
  path: '/siblings/enter/:secret',
  title: 'Go over',
  show: async (caller: Caller) => {
    const { data, services, params, request } = caller
    const session = await findOpenSession(data, request)
    if (!session) throw new Problem('forbidden', 'Sign in to the live business first.')
    const { method, name, ...signed } = await arrive(
      { data, services },
      originOf(caller),
      params.secret ?? '',
      hashId(session.id),
      (tx, user_id) =>
        caller.audit(tx, {
          action: 'siblings.arrive',
          subject_id: user_id,
          before: undefined,
          after: undefined,
          input: {},
        }),
    )
    return { ...(await letIn(caller, signed, method)), say: `You are in ${name} now.` }
  },
}

export const entrances = [enter]
