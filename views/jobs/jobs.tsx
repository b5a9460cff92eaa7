/** Work that takes longer than a request, and how far it is. */
import type { Html } from '../../src/kit/html.ts'
import type { Job } from '../../src/jobs/schema.ts'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Filters, Pager, Table, type Column } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

export const progressOf = ({ progress: { done, total } }: Job): string =>
  total === null ? String(done) : `${done} of ${total}`

const columns: readonly Column<Job>[] = [
  { title: 'Job', cell: ({ id, kind }) => <a href={`/jobs/${id}`}>{sentence(kind)}</a> },
  { title: 'State', cell: ({ state }) => <Status of={state} /> },
  { title: 'Done', cell: progressOf, end: true },
  { title: 'Asked by', cell: ({ asked_by }) => asked_by },
  { title: 'Asked', cell: ({ created_at }) => <When at={created_at} /> },
]

const states = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'expired']

interface JobsProps {
  page: { data: Job[]; next_cursor: string | null }
  url: URL
}

export const jobsView = ({ page, url }: JobsProps): Html => (
  <>
    <PageHead title="Jobs" sub="Imports, exports and other work that goes on by itself." />
    <Filters
      url={url}
      filters={[
        {
          name: 'state',
          label: 'State',
          choices: states.map((state) => [state, sentence(state)] as const),
        },
      ]}
    />
    <Card flush>
      <Table
        rows={page.data}
        columns={columns}
        empty={
          <Empty icon="clock" title="No jobs">
            Work that takes longer than a moment is listed here, with its progress and what came
            out.
          </Empty>
        }
      />
      <Pager page={page} url={url} />
    </Card>
  </>
)
