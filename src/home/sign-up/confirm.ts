/** Founds the business of somebody who opened the link in his mail, and lets him in. */
import { Problem } from '../../kit/problem.ts'
import { sha256 } from '../../kit/secrets.ts'
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope } from '../../db/scope.ts'
import { simulated_carriers } from '../../carriers/simulator/simulated.ts'
import { noteOf, type SignedIn } from '../../access/sign-in.ts'
import { originOf } from '../../access/origin.ts'
import type { Caller } from '../../operations/page.ts'
import { openOutward } from '../../operations/outward.ts'
import { findPlanByCode } from '../../plans/find.ts'
import { foundTenant } from '../../tenants/found.ts'
import { fill, inside } from '../founding/found-business.ts'
import { activateWhenReady } from '../set-up/activate.ts'
import { requireOpen } from './ask.ts'
import { emptyPassword, findBySecret, spendSignUp, type SignUpRow } from './store.ts'

const scope = systemScope('sign-up')
/** Strangers begin here, as long as the catalogue has it. */
const first_plan = 'free'

const spent = () => new Problem('link_spent', 'This link was used, has expired, or never was.')

/** What the link is for, to show it before anything is founded. @throws Problem `link_spent` */
export function whatLink(data: DataFolder, secret: string): SignUpRow {
  const row = data.platform.read(scope, (read) => {
    const found = findBySecret(read, sha256(secret))
    return found && found.state === 'pending' && found.expires_at > read.now ? found : undefined
  })
  if (!row) throw spent()
  return row
}

/**
 * The link is spent in the transaction that takes the name: of two who open it at once, one founds.
 * A founding that fails, or a crash in it, gives the link back.
 * @throws Problem `link_spent`, `not_found`
 */
export async function confirmSignUp(caller: Caller, secret: string): Promise<SignedIn> {
  const { data, services, audit } = caller
  const environment = requireOpen(services)
  const row = whatLink(data, secret)
  const from = { ...scope, ...originOf(caller) }
  const plan = data.platform.read(scope, (read) => findPlanByCode(read, first_plan))
  const founded = await foundTenant(
    data,
    from,
    {
      ...{ name: row.business_name, admin_email: row.email, admin_name: row.person_name },
      ...{ environment, password_hash: row.password_hash, domain_is_preference: true },
      ...(row.domain_preference && { domain: row.domain_preference }),
      ...(plan?.state === 'active' && { plan: first_plan }),
    },
    (tx, tenant_id) => {
      if (spendSignUp(tx, row.id, tenant_id) !== 1) throw spent()
      audit(tx, noteOf('sign_ups.confirm', row.id, { tenant_id }))
    },
  )
  await data.platform.write(scope, (tx) => emptyPassword(tx, row.id))
  const { id: tenant_id, owner_id: user_id, organization_id } = founded
  if (environment === 'sandbox') {
    await fill(inside(openOutward({ data, services }, '', from), founded), simulated_carriers, true)
  }
  await activateWhenReady(data, tenant_id)
  return { tenant_id, user_id, organization_id }
}
