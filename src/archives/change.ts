/** Asks for an archive, stops one that is being made, and takes one away before its time. */
import type { Write } from '../db/session.ts'
import { cancelJob } from '../jobs/cancel.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { endArtifacts } from '../jobs/forget.ts'
import { ofBusiness } from '../jobs/of-business.ts'
import { businessArchive } from './kind.ts'
import { getArchive } from './read.ts'
import type { Archive } from './schema.ts'

/** For the operator; the business itself asks by `POST /v1/jobs/business_archive`. */
export const askForArchive = (tx: Write): Archive =>
  getArchive(tx, { archive_id: enqueue(tx, businessArchive, {}).id })

/** @throws Problem `not_found`, `job_finished` */
export function cancelArchive(tx: Write, { archive_id }: { archive_id: string }): Archive {
  getArchive(tx, { archive_id })
  cancelJob(ofBusiness(tx), { id: archive_id })
  return getArchive(tx, { archive_id })
}

/** Its file can be had no more from now on; the disk has it back with the next night. */
export function removeArchive(tx: Write, { archive_id }: { archive_id: string }): Archive {
  getArchive(tx, { archive_id })
  endArtifacts(tx, archive_id)
  return getArchive(tx, { archive_id })
}
