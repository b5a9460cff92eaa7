/** What can be done with jobs. */
import type { Write } from '../db/session.ts'
import { reading, writing, type Operation } from '../operations/operation.ts'
import { FileReply, IdParam, PageOf } from '../operations/shapes.ts'
import { cancelJob, retryJob } from './cancel.ts'
import { enqueue } from './enqueue.ts'
import type { JobKind } from './kind.ts'
import { getArtifactFile, getJob, getJobDetail, listJobs } from './read.ts'
import { Job, JobDetail, JobFilter } from './schema.ts'

const one = { level: 'organization', params: IdParam('job') } as const

export const jobsList = reading(
  {
    id: 'jobs.list',
    route: 'GET /v1/jobs',
    level: 'organization',
    permission: 'jobs.read',
    summary: 'List jobs',
    query: JobFilter,
    reply: PageOf(Job),
  },
  listJobs,
)

export const jobsGet = reading(
  {
    ...one,
    id: 'jobs.get',
    route: 'GET /v1/jobs/:id',
    permission: 'jobs.read',
    summary: 'Get a job with its log and what came out of it',
    reply: JobDetail,
  },
  getJobDetail,
)

export const jobsCancel = writing(
  {
    ...one,
    id: 'jobs.cancel',
    route: 'POST /v1/jobs/:id/cancel',
    permission: 'jobs.write',
    summary: 'Cancel a job; a running one is asked to stop',
    reply: Job,
    subject: getJob,
    match: 'optional',
    problems: ['job_finished'],
  },
  cancelJob,
)

export const jobsRetry = writing(
  {
    ...one,
    id: 'jobs.retry',
    route: 'POST /v1/jobs/:id/retry',
    permission: 'jobs.write',
    summary: 'Try a job again that failed, expired or was cancelled',
    reply: Job,
    status: 202,
    subject: getJob,
    match: 'optional',
    problems: ['job_not_failed'],
  },
  retryJob,
)

export const artifactsDownload = reading(
  {
    id: 'job_artifacts.download',
    route: 'GET /v1/job_artifacts/:id/file',
    level: 'organization',
    permission: 'jobs.read',
    summary: 'Download what came out of a job',
    params: IdParam('art'),
    reply: FileReply,
  },
  getArtifactFile,
)

/** Every kind is an operation of its own, so that each has its own permission, shape and audit. */
export const jobOperation = (kind: JobKind): Operation =>
  writing(
    {
      id: `jobs.${kind.kind}`,
      route: `POST /v1/jobs/${kind.kind}`,
      level: kind.of === 'business' ? 'tenant' : 'organization',
      permission: kind.permission,
      ...(kind.feature && { feature: kind.feature }),
      summary: kind.summary,
      description: 'Answers at once; the work is done by a job. See `GET /v1/jobs/:id`.',
      body: kind.input,
      reply: Job,
      status: 202,
      problems: [...kind.problems],
      ...(kind.while_read_only && { while_read_only: true }),
    },
    (tx: Write, input: object) => enqueue(tx, kind, input),
  )

export const api = [jobsList, jobsGet, jobsCancel, jobsRetry, artifactsDownload]
