/** Forgets what was written to somebody; that there were mails stays. */
import type { Write } from '../db/session.ts'
import { pseudonymiseRecipient } from './store.ts'

/** One that waited is taken back. @returns how many mails there were */
export const forgetRecipient = (tx: Write, recipient: string, pseudonym: string): number =>
  pseudonymiseRecipient(tx, recipient, pseudonym)
