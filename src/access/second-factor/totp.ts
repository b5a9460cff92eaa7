/** Codes that change every half minute (RFC 6238: SHA-1, 6 digits, 30 s), and the secret behind them. */
import { generateSecret, generateURI, verifySync } from 'otplib'
import { second_ms } from '../../kit/clock.ts'

/** One half minute before and after ours: clocks differ, and people type slowly. */
const tolerance_s = 30
/** What the generator calls us. */
const issuer = 'Stowage'

/** 160 random bits in base 32, as RFC 4226 recommends. */
export const newSecret = (): string => generateSecret({ length: 20 })

/** What the picture holds that a generator of codes takes up. */
export const enrolmentUri = (secret: string, email: string): string =>
  generateURI({ issuer, label: email, secret })

/** @returns the half minute a code belongs to, when it is right and later than `last_step` */
export function acceptedStep(
  secret: string,
  code: string,
  now_ms: number,
  last_step: number,
): number | undefined {
  const result = verifySync({
    secret,
    token: code,
    epoch: Math.floor(now_ms / second_ms),
    epochTolerance: tolerance_s,
    afterTimeStep: last_step,
  })
  return result.valid && 'timeStep' in result ? result.timeStep : undefined
}
