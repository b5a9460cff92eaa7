/** Looks up exports of the audit trail: the jobs that make them, and the files that came out. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { reachOf } from '../access/reach.ts'
import { readOfBusiness } from '../jobs/of-business.ts'
import { getArtifactFile, getJobDetail, listJobs } from '../jobs/read.ts'
import type { FileReply } from '../operations/shapes.ts'
import { auditExport, businessAuditExport } from './export.ts'
import type { AuditExport, AuditExportFilter } from './schema.ts'

/** Those who see the whole trail look at its exports, others at those of their organization. */
const desk = (read: Read): { read: Read; kind: string } =>
  reachOf(read).wide
    ? { read: readOfBusiness(read), kind: businessAuditExport.kind }
    : { read, kind: auditExport.kind }

/** @throws Problem `not_found` */
export function getAuditExport(read: Read, { export_id }: { export_id: string }): AuditExport {
  const { read: there, kind } = desk(read)
  const job = getJobDetail(there, { id: export_id })
  if (job.kind !== kind) throw notFound('export', export_id)
  const { id, state, progress, error, asked_by, created_at, finished_at, output } = job
  const artifact = job.artifacts.find(({ expires_at }) => expires_at >= read.now)
  return {
    ...{ id, state, progress, error, asked_by, created_at, finished_at },
    holds: output,
    file: artifact
      ? {
          size_bytes: artifact.size_bytes,
          sha256: artifact.sha256,
          expires_at: artifact.expires_at,
        }
      : null,
  }
}

export function listAuditExports(read: Read, filter: AuditExportFilter) {
  const { read: there, kind } = desk(read)
  const { data, ...rest } = listJobs(there, { ...filter, kind })
  return { data: data.map(({ id }) => getAuditExport(read, { export_id: id })), ...rest }
}

/** @throws Problem `not_found` before it is made, and when its time is over */
export function getAuditExportFile(read: Read, { export_id }: { export_id: string }): FileReply {
  if (!getAuditExport(read, { export_id }).file) throw notFound('export', export_id)
  const there = desk(read).read
  const [artifact] = getJobDetail(there, { id: export_id }).artifacts
  return getArtifactFile(there, { id: artifact!.id })
}
