/** Looks up the archives of a business: the jobs that make them, and the files that came out. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { readOfBusiness } from '../jobs/of-business.ts'
import { getArtifactFile, getJobDetail, listJobs } from '../jobs/read.ts'
import type { JobDetail } from '../jobs/schema.ts'
import type { FileReply } from '../operations/shapes.ts'
import { requireOwner } from './kind.ts'
import { archive_kind } from './manifest.ts'
import type { Archive, ArchiveFilter } from './schema.ts'

/** @throws Problem `not_found` */
export function getArchive(read: Read, { archive_id }: { archive_id: string }): Archive {
  const job = getJobDetail(readOfBusiness(read), { id: archive_id })
  if (job.kind !== archive_kind) throw notFound('archive', archive_id)
  return toArchive(read, job)
}

export function listArchives(read: Read, filter: ArchiveFilter) {
  const { data, ...rest } = listJobs(readOfBusiness(read), { ...filter, kind: archive_kind })
  return { data: data.map(({ id }) => getArchive(read, { archive_id: id })), ...rest }
}

/** @throws Problem `not_found` before it is made and when its time is over, `forbidden` */
export function getArchiveFile(read: Read, { archive_id }: { archive_id: string }): FileReply {
  requireOwner(read)
  const business = readOfBusiness(read)
  const [artifact] = getJobDetail(business, { id: archive_id }).artifacts
  if (!artifact || !getArchive(read, { archive_id }).file) throw notFound('archive', archive_id)
  return getArtifactFile(business, artifact)
}

function toArchive(read: Read, job: JobDetail): Archive {
  const artifact = job.artifacts.find(({ expires_at }) => expires_at >= read.now)
  const { id, state, progress, error, asked_by, created_at, finished_at, version } = job
  const known = { id, state, progress, error, asked_by, created_at, finished_at, version }
  if (!artifact) return { ...known, holds: job.output, file: null }
  const { name, size_bytes, sha256, expires_at } = artifact
  return { ...known, holds: job.output, file: { name, size_bytes, sha256, expires_at } }
}
