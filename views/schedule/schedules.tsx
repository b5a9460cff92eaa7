/** What runs by the clock on this installation. */
import type { Html } from '../../src/kit/html.ts'
import type { Run, RunDetail, ScheduleEntry } from '../../src/schedule/schema.ts'
import { ActionButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, Facts, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Pager, Table, type Column } from '../ui/table.tsx'
import { Id, Json, Text, When } from '../ui/text.tsx'

const crumb = ['Schedule', '/platform/schedules'] as const

const columns: readonly Column<ScheduleEntry>[] = [
  {
    title: 'What',
    cell: ({ name, summary }) => (
      <>
        <a href={`/platform/schedules/${name}`}>{sentence(name)}</a>
        <div class="small muted">{summary}</div>
      </>
    ),
  },
  {
    title: 'Times',
    cell: ({ cron, timezone }) => (
      <>
        <code class="mono small">{cron}</code> <span class="small muted">{timezone}</span>
      </>
    ),
  },
  {
    title: 'Last run',
    cell: ({ last_run }) =>
      last_run ? (
        <>
          <Status of={last_run.state} /> <When at={last_run.created_at} />
        </>
      ) : (
        'never'
      ),
  },
  { title: 'Next', cell: ({ next_at }) => <When at={next_at} /> },
]

export const schedulesView = ({ schedules }: { schedules: ScheduleEntry[] }): Html => (
  <>
    <PageHead title="Schedule" sub="What this installation does by itself, and when." />
    <Card flush>
      <Table
        rows={schedules}
        columns={columns}
        empty={
          <Empty icon="clock" title="Nothing is scheduled">
            The schedule is written down when the server starts its workers.
          </Empty>
        }
      />
    </Card>
  </>
)

const run_columns: readonly Column<Run>[] = [
  {
    title: 'Due',
    cell: ({ id, due_at }) => (
      <a href={`/platform/schedule-runs/${id}`}>
        <When at={due_at} />
      </a>
    ),
  },
  { title: 'State', cell: ({ state }) => <Status of={state} /> },
  { title: 'Why', cell: ({ cause, asked_by }) => asked_by || sentence(cause) },
  { title: 'Businesses', cell: ({ tenants_done }) => tenants_done, end: true },
  { title: 'Failed', cell: ({ tenants_failed }) => tenants_failed, end: true },
  { title: 'Ended', cell: ({ finished_at }) => <When at={finished_at} /> },
]

interface ScheduleProps {
  schedule: ScheduleEntry
  runs: { data: Run[]; next_cursor: string | null }
  url: URL
  state: FormState
  may_run: boolean
}

export const scheduleView = ({ schedule, runs, url, state, may_run }: ScheduleProps): Html => (
  <>
    <PageHead title={sentence(schedule.name)} sub={schedule.summary} crumbs={[crumb]}>
      {may_run && (
        <ActionButton
          action={`/platform/schedules/${schedule.name}/run`}
          state={state}
          kind="primary"
        >
          Run now
        </ActionButton>
      )}
    </PageHead>
    <Wrong state={state} />
    <Card>
      <Facts
        of={[
          ['Times', `${schedule.cron} (${schedule.timezone})`],
          ['Next', <When at={schedule.next_at} />],
          ['Missed times', schedule.catch_up === 'once' ? 'one run at the start' : 'let pass'],
        ]}
      />
    </Card>
    <Card title="Runs" flush>
      <Table
        rows={runs.data}
        columns={run_columns}
        empty={
          <Empty icon="clock" title="No runs yet">
            Each run is kept here for 90 days.
          </Empty>
        }
      />
      <Pager page={runs} url={url} />
    </Card>
  </>
)

export const runView = ({ run }: { run: RunDetail }): Html => (
  <>
    <PageHead
      title={`${sentence(run.schedule)}: one run`}
      sub={<Id value={run.id} />}
      crumbs={[crumb, [sentence(run.schedule), `/platform/schedules/${run.schedule}`]]}
    />
    <Card>
      <Facts
        of={[
          ['State', <Status of={run.state} />],
          ['Why', run.asked_by || sentence(run.cause)],
          ['Error', <Text value={run.error} />],
          ['Businesses', run.tenants_done],
          ['Failed for', run.tenants_failed],
          ['Due', <When at={run.due_at} />],
          ['Begun', <When at={run.started_at} />],
          ['Ended', <When at={run.finished_at} />],
        ]}
      />
    </Card>
    <Card title="What it reports">
      <Json value={run.facts} />
    </Card>
    {run.failures.length > 0 && (
      <Card title="Businesses for which it failed" flush>
        <Table
          rows={run.failures}
          columns={[
            { title: 'Business', cell: ({ tenant_id }) => <Id value={tenant_id} /> },
            { title: 'Why', cell: ({ detail }) => detail },
            { title: 'When', cell: ({ failed_at }) => <When at={failed_at} /> },
          ]}
          empty={<></>}
        />
      </Card>
    )}
  </>
)
