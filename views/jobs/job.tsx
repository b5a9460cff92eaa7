/** One job: how far it is, what it said, and what came out of it. */
import type { Html } from '../../src/kit/html.ts'
import type { Artifact, JobDetail } from '../../src/jobs/schema.ts'
import { ActionButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead, Timeline } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { Id, Json, Text, When } from '../ui/text.tsx'
import { progressOf } from './jobs.tsx'

const files: readonly Column<Artifact>[] = [
  { title: 'File', cell: ({ id, name }) => <a href={`/files/job_artifacts/${id}/file`}>{name}</a> },
  { title: 'Bytes', cell: ({ size_bytes }) => size_bytes, end: true },
  { title: 'SHA-256', cell: ({ sha256 }) => <Id value={sha256} /> },
  { title: 'Kept until', cell: ({ expires_at }) => <When at={expires_at} /> },
]

interface JobProps {
  job: JobDetail
  state: FormState
  may_write: boolean
}

export const jobView = ({ job, state, may_write }: JobProps): Html => (
  <>
    <PageHead title={sentence(job.kind)} sub={<Id value={job.id} />} crumbs={[['Jobs', '/jobs']]}>
      {may_write && <Steps job={job} state={state} />}
    </PageHead>
    <Wrong state={state} />
    {job.error && (
      <Notice tone="bad">
        <code>{job.error.code}</code> {job.error.detail}
      </Notice>
    )}
    <Card>
      <Facts
        of={[
          ['State', <Status of={job.state} />],
          ['Done', progressOf(job)],
          ['Now', <Text value={job.progress.note} />],
          ['Tries', `${job.attempt_count} of ${job.max_attempts}`],
          ['Asked by', job.asked_by],
          ['Asked', <When at={job.created_at} />],
          ['Begun', <When at={job.started_at} />],
          ['Ended', <When at={job.finished_at} />],
        ]}
      />
    </Card>
    {job.artifacts.length > 0 && (
      <Card title="What came out" flush>
        <Table rows={job.artifacts} columns={files} empty={<></>} />
      </Card>
    )}
    {job.output !== null && (
      <Card title="Answer">
        <Json value={job.output} />
      </Card>
    )}
    <Card title="What was asked">
      <Json value={job.input} />
    </Card>
    {job.log.length > 0 && (
      <Card title="Log">
        <Timeline
          of={job.log.map(({ logged_at, level, message }) => ({
            at: logged_at,
            title: message,
            ...(level !== 'info' && { detail: level }),
          }))}
        />
      </Card>
    )}
  </>
)

const Steps = ({ job, state }: Pick<JobProps, 'job' | 'state'>): Html => {
  if (job.state === 'queued' || job.state === 'running') {
    return (
      <ActionButton action={`/jobs/${job.id}/cancel`} state={state} kind="danger">
        Cancel
      </ActionButton>
    )
  }
  if (job.state === 'succeeded') return <></>
  return (
    <ActionButton action={`/jobs/${job.id}/retry`} state={state} kind="primary">
      Try again
    </ActionButton>
  )
}
