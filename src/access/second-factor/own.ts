/** A person's own second factor: begin it, confirm it, look at it, get new codes, remove it. */
import { Problem } from '../../kit/problem.ts'
import { seal, unseal } from '../../kit/secrets.ts'
import type { Read, Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { tenantKey, type Outward } from '../../operations/outward.ts'
import { findSecuritySettings } from '../security/store.ts'
import { factorAdded } from './events.ts'
import { ownUser } from './own-user.ts'
import { issueRecoveryCodes } from './recovery-codes.ts'
import type { Confirmation, Enrolment, RecoveryCodes, SecondFactor } from './schema.ts'
import { beginFactor, confirmFactor, countRecoveryCodes, findFactor } from './store.ts'
import { acceptedStep, enrolmentUri, newSecret } from './totp.ts'
import { codeRefused, sixDigits } from './verify.ts'

/** @throws Problem `forbidden` */
export function getOwnFactor(read: Read): SecondFactor {
  const { id } = ownUser(read)
  const factor = findFactor(read, id)
  const settings = findSecuritySettings(read)
  return {
    id,
    is_on: Boolean(factor?.confirmed_at),
    is_begun: factor?.confirmed_at === null,
    confirmed_at: factor?.confirmed_at ?? null,
    recovery_codes_left: countRecoveryCodes(read, id),
    is_required: settings.require_two_factor === 1,
    deadline: settings.two_factor_deadline,
  }
}

/** Nothing changes at sign-in until the first code was typed. @throws Problem `second_factor_exists` */
export function beginOwnFactor(outward: Outward): Promise<Enrolment> {
  const key = tenantKey(outward)
  return outward.write((tx) => {
    const { id, email } = ownUser(tx)
    const secret = newSecret()
    if (beginFactor(tx, id, seal(key, secret, id)) !== 1) throw exists()
    return { secret, uri: enrolmentUri(secret, email) }
  })
}

/** @throws Problem `second_factor_missing`, `second_factor_exists`, `code_refused` */
export function confirmOwnFactor(outward: Outward, { code }: Confirmation): Promise<RecoveryCodes> {
  const key = tenantKey(outward)
  return outward.write((tx) => {
    const { id, email } = ownUser(tx)
    const factor = findFactor(tx, id)
    if (!factor) throw new Problem('second_factor_missing', 'Begin to set one up first.')
    if (factor.confirmed_at) throw exists()
    const secret = unseal(key, factor.sealed_secret, id)
    const typed = sixDigits(code)
    const step = typed && acceptedStep(secret, typed, tx.now_ms, factor.last_step)
    if (!step) throw codeRefused('code')
    if (confirmFactor(tx, id, step) !== 1) throw exists()
    emit(tx, factorAdded, id, { id, email })
    return { recovery_codes: issueRecoveryCodes(tx, id) }
  })
}

/** @throws Problem `second_factor_missing` */
export function renewRecoveryCodes(tx: Write): RecoveryCodes {
  const { id } = ownUser(tx)
  if (!findFactor(tx, id)?.confirmed_at) {
    throw new Problem('second_factor_missing', 'There is no second factor to recover from.')
  }
  return { recovery_codes: issueRecoveryCodes(tx, id) }
}

const exists = () => new Problem('second_factor_exists', 'You have a second factor already.')
