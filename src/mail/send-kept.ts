/** Sends what was kept while there was no mail server: those mails that are still good. */
import { Problem } from '../kit/problem.ts'
import { systemScope } from '../db/scope.ts'
import type { Sync, Write } from '../db/session.ts'
import type { Outward } from '../operations/outward.ts'
import type { SentKept, SendKept } from './schema.ts'
import { businessesAfter, queueKept } from './store.ts'

const batch = 500
const businesses_at_once = 100

type WriteTo = <T>(command: (tx: Write) => Sync<T>) => Promise<T>

/**
 * Of the organization one works in, or of the platform. Two who ask at once send each mail once.
 * @throws Problem `mail_not_set_up`
 */
export async function sendKept(outward: Outward): Promise<SentKept> {
  requireMail(outward)
  const { scope, write } = outward
  return { queued: await drain(write, scope.organization_id) }
}

/** Of the platform and, when it is asked for, of every business. @throws Problem `mail_not_set_up` */
export async function sendKeptEverywhere(
  outward: Outward,
  { everywhere = false }: SendKept,
): Promise<SentKept> {
  requireMail(outward)
  const { data, read, write } = outward
  let queued = await drain(write, undefined)
  if (!everywhere) return { queued }
  for (let after = ''; ;) {
    const ids = read((platform) => businessesAfter(platform, after, businesses_at_once))
    for (const id of ids) {
      const scope = systemScope('mail', '', id)
      queued += await drain((command) => data.tenants.at(id).write(scope, command), undefined)
    }
    if (ids.length < businesses_at_once) return { queued }
    after = ids.at(-1)!
  }
}

async function drain(write: WriteTo, organization_id: string | undefined): Promise<number> {
  let queued = 0
  for (;;) {
    const went = await write((tx) => queueKept(tx, organization_id, batch))
    queued += went
    if (went < batch) return queued
  }
}

function requireMail({ services }: Outward): void {
  if (!services.mail) throw new Problem('mail_not_set_up', 'No mail server is set.')
}
