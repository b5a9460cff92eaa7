/** Checks what somebody typed as second proof: a code of the generator, or a recovery code. */
import { Problem } from '../../kit/problem.ts'
import { unseal } from '../../kit/secrets.ts'
import type { Write } from '../../db/session.ts'
import { hashRecoveryCode } from './recovery-codes.ts'
import { findFactor, spendRecoveryCode, spendStep } from './store.ts'
import { acceptedStep } from './totp.ts'

export type Proof = 'totp' | 'recovery_code'

export const codeRefused = (name: string): Problem => {
  const detail = 'This code is not right, was used, or is too old.'
  return new Problem('code_refused', detail, { errors: [{ pointer: `/${name}`, detail }] })
}

/** Six digits, whatever was typed between them; undefined when it is something else. */
export function sixDigits(typed: string): string | undefined {
  const plain = typed.replace(/[\s-]/g, '')
  return /^\d{6}$/.test(plain) ? plain : undefined
}

/**
 * Accepts each code once: of two who send the same at once, one gets through.
 * @param key of the file the person lives in
 * @param name of the field it was typed in
 * @throws Problem `code_refused`
 */
export function spendCode(
  tx: Write,
  key: Uint8Array,
  user_id: string,
  typed: string,
  name: string,
): Proof {
  const factor = findFactor(tx, user_id)
  if (!factor?.confirmed_at) throw codeRefused(name)
  const code = sixDigits(typed)
  if (!code) {
    if (spendRecoveryCode(tx, user_id, hashRecoveryCode(typed)) !== 1) throw codeRefused(name)
    return 'recovery_code'
  }
  const secret = unseal(key, factor.sealed_secret, user_id)
  const step = acceptedStep(secret, code, tx.now_ms, factor.last_step)
  if (step === undefined || spendStep(tx, user_id, step) !== 1) throw codeRefused(name)
  return 'totp'
}
