/** What is required of all businesses, and of whom something is past due. */
import type { Html } from '../../src/kit/html.ts'
import { features } from '../../src/kit/terms.ts'
import type { Requirement } from '../../src/lifecycle/requirements/schema.ts'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

interface RequiredProps {
  url: URL
  catalogue: readonly { code: string; title: string }[]
  requirements: { data: Requirement[]; next_cursor: string | null }
}

export const requiredView = ({ url, catalogue, requirements }: RequiredProps): Html => (
  <>
    <PageHead
      title="Required"
      sub="What businesses have to do by a time; once that is over, what it stands before is refused."
    />
    <Filters
      url={url}
      filters={[
        {
          name: 'code',
          label: 'What',
          choices: catalogue.map(({ code, title }) => [code, title] as const),
        },
        {
          name: 'due',
          label: 'Due',
          choices: [
            ['past_due', 'Its time is over'],
            ['currently_due', 'By a day'],
            ['eventually_due', 'Some day'],
          ],
        },
        {
          name: 'state',
          label: 'State',
          choices: [
            ['open', 'Open'],
            ['met', 'Met'],
            ['waived', 'Waived'],
          ],
        },
      ]}
    />
    <Card flush>
      <List url={url} requirements={requirements} />
    </Card>
    <Pager page={requirements} url={url} />
  </>
)

const List = ({ url, requirements }: Omit<RequiredProps, 'catalogue'>): Html => (
  <Table
    rows={requirements.data}
    url={url}
    empty={
      <Empty icon="check" title={url.search ? 'Nothing like this' : 'Nothing is required'}>
        Ask a business for something on its own page, under Life.
      </Empty>
    }
    columns={[
      {
        title: 'Business',
        cell: ({ tenant_id, tenant_name }) => (
          <a class="row-link" href={`/platform/tenants/${tenant_id}/requirements`}>
            {tenant_name}
          </a>
        ),
      },
      {
        title: 'What',
        cell: ({ title, capabilities }) => (
          <div>
            {title}
            <div class="small muted">{capabilities.map((name) => features[name]).join(', ')}</div>
          </div>
        ),
      },
      { title: 'Due', cell: (each) => <Due of={each} /> },
      {
        title: 'Since',
        sort: 'created_at',
        cell: ({ created_at }) => <When at={created_at} date_only />,
      },
    ]}
  />
)

const Due = ({ of: { state, due, due_at } }: { of: Requirement }): Html => {
  if (state !== 'open')
    return (
      <Status of={state === 'met' ? 'done' : 'off'} label={state === 'met' ? 'Met' : 'Waived'} />
    )
  if (due === 'past_due') return <Status of="needs_attention" label="Its time is over" />
  return due_at ? <When at={due_at} date_only /> : <span class="muted">some day</span>
}
