/** Jobs of the business as a whole: they belong to no organization, so that none sees them. */
import { rescoped, rescopedRead, type Read, type Write } from '../db/session.ts'

/** For enqueueing, ending and removing such a job. */
export const ofBusiness = (tx: Write): Write => rescoped(tx, { ...tx.scope, organization_id: '' })

/** For finding such a job. */
export const readOfBusiness = (read: Read): Read =>
  rescopedRead(read, { ...read.scope, organization_id: '' })
