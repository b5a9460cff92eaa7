/** Looks up exports of the usage of the whole business: the jobs that make them, and their files. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { readOfBusiness } from '../jobs/of-business.ts'
import { getArtifactFile, getJobDetail, listJobs } from '../jobs/read.ts'
import type { JobDetail } from '../jobs/schema.ts'
import type { FileReply } from '../operations/shapes.ts'
import { businessUsageExport } from './export.ts'
import { confinedTo } from './reach.ts'
import type { UsageExport, UsageExportFilter } from './schema.ts'

interface One {
  export_id: string
}

function findJob(read: Read, { export_id }: One): JobDetail {
  if (confinedTo(read)) throw notFound('export', export_id)
  const job = getJobDetail(readOfBusiness(read), { id: export_id })
  if (job.kind !== businessUsageExport.kind) throw notFound('export', export_id)
  return job
}

/** @throws Problem `not_found` */
export function getExport(read: Read, one: One): UsageExport {
  const { id, state, error, asked_by, created_at, output, artifacts } = findJob(read, one)
  const file = artifacts.find(({ expires_at }) => expires_at >= read.now)
  return {
    ...{ id, state, error, asked_by, created_at },
    lines: (output as { lines: number } | null)?.lines ?? null,
    file: file
      ? { size_bytes: file.size_bytes, sha256: file.sha256, expires_at: file.expires_at }
      : null,
  }
}

export function listExports(read: Read, filter: UsageExportFilter) {
  if (confinedTo(read)) return { data: [], has_more: false, next_cursor: null }
  const { kind } = businessUsageExport
  const { data, ...rest } = listJobs(readOfBusiness(read), { ...filter, kind })
  return { data: data.map(({ id }) => getExport(read, { export_id: id })), ...rest }
}

/** @throws Problem `not_found` before it is made, and when its time is over */
export function getExportFile(read: Read, one: One): FileReply {
  const file = findJob(read, one).artifacts.find(({ expires_at }) => expires_at >= read.now)
  if (!file) throw notFound('export', one.export_id)
  return getArtifactFile(readOfBusiness(read), { id: file.id })
}
