/** Proves once more that the person at the screen is the one who signed in. */
import { Problem } from '../../kit/problem.ts'
import { sha256 } from '../../kit/secrets.ts'
import { systemScope } from '../../db/scope.ts'
import type { Caller } from '../../operations/page.ts'
import { tenantKey } from '../../operations/outward.ts'
import { countAttempt } from '../attempts.ts'
import { originOf } from '../origin.ts'
import { verifyPassword } from '../passwords.ts'
import { setSteppedUp } from '../session-store.ts'
import { noteOf } from '../sign-in.ts'
import { deleteAttempts, findUser } from '../user-store.ts'
import { tellOfRecovery } from './challenge.ts'
import { hasSecondFactor } from './store.ts'
import { spendCode, sixDigits } from './verify.ts'

const scope = systemScope('confirmation')

export const proof_field = 'confirm_with'

/** How this person can prove it: some came over from another business and have nothing here. */
export function waysToProve({ data, visitor }: Caller): { password: boolean; code: boolean } {
  if (!visitor) return { password: false, code: false }
  const { tenant_id } = visitor.principal
  const file = tenant_id ? data.tenants.at(tenant_id) : data.platform
  return file.read(scope, (read) => ({
    password: Boolean(findUser(read, visitor.user.id)?.password_hash),
    code: hasSecondFactor(read, visitor.user.id),
  }))
}

/**
 * Takes the password, or a code of those who have a second factor.
 * @throws Problem `unauthenticated`, `forbidden`, `step_up_required` while nothing was typed,
 *   `wrong_password`, `code_refused`, `locked_out`
 */
export async function confirmPerson(caller: Caller): Promise<void> {
  const { visitor, data, services, fields } = caller
  const session = visitor?.principal.session
  if (!visitor || !session) throw new Problem('unauthenticated', 'Sign in first.')
  const { tenant_id, organization_id, actor } = visitor.principal
  if (actor.impersonator) {
    throw new Problem('forbidden', 'Support cannot prove to be somebody else.')
  }
  const typed = fields.get(proof_field)
  if (!typed) throw new Problem('step_up_required', 'Say once more that it is you.')
  const file = tenant_id ? data.tenants.at(tenant_id) : data.platform
  const own_scope = { tenant_id, organization_id, actor, ...originOf(caller) }
  const attempts = sha256(`step-up ${actor.id}`)
  const { user, has_factor } = await file.write(own_scope, (tx) => {
    countAttempt(tx, attempts)
    return { user: findUser(tx, actor.id), has_factor: hasSecondFactor(tx, actor.id) }
  })
  const is_code = has_factor && sixDigits(typed) !== undefined
  const is_password = !is_code && (await verifyPassword(typed, user?.password_hash ?? undefined))
  await file.write(own_scope, (tx) => {
    if (!is_password) {
      if (!has_factor) throw wrongPassword()
      const key = tenantKey({ services, tenant_id })
      if (spendCode(tx, key, actor.id, typed, proof_field) === 'recovery_code') {
        tellOfRecovery(tx, actor.id)
      }
    }
    deleteAttempts(tx, attempts)
    setSteppedUp(tx, session.id)
    caller.audit(tx, noteOf('sessions.confirm', actor.id))
  })
}

const wrongPassword = () => {
  const detail = 'This is not your password.'
  return new Problem('wrong_password', detail, { errors: [{ pointer: `/${proof_field}`, detail }] })
}
