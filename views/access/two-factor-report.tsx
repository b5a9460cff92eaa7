/** Who proves himself twice, and who has still to begin. */
import type { Html } from '../../src/kit/html.ts'
import type { TwoFactorReport } from '../../src/access/security/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, Notice, PageHead, Stat, Stats, Tabs } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'
import type { SecurityTab } from './security.tsx'

interface ReportProps {
  url: URL
  tabs: readonly SecurityTab[]
  /** The same as a file, without its question. */
  file: string
  /** Where somebody's lost second factor is removed. */
  people_path: string
  report: TwoFactorReport
}

export const twoFactorReportView = ({
  url,
  tabs,
  file,
  people_path,
  report,
}: ReportProps): Html => (
  <>
    <PageHead title="Security" sub="Who has a second factor, and who has not.">
      <LinkButton href={file + questionOf(url)} icon="receive">
        As CSV
      </LinkButton>
    </PageHead>
    <Tabs tabs={tabs} current={url.pathname} />
    <Reminder report={report} />
    <Stats>
      <Stat label="With a second factor" value={report.with_count} />
      <Stat label="Without" value={report.without_count} href={`${url.pathname}?state=without`} />
      {report.days_left !== null && <Stat label="Days left" value={report.days_left} />}
    </Stats>
    <Filters
      url={url}
      filters={[
        { name: 'search', label: 'Search', placeholder: 'Part of name or e-mail' },
        {
          name: 'state',
          label: 'Second factor',
          choices: [
            ['with', 'Has one'],
            ['without', 'Has none'],
          ],
        },
      ]}
    />
    <People url={url} report={report} />
    <Pager page={report} url={url} />
    <p class="small muted">
      Somebody lost the telephone and the recovery codes? Remove the second factor on{' '}
      <a href={people_path}>the person’s page</a>.
    </p>
  </>
)

const People = ({ url, report }: Pick<ReportProps, 'url' | 'report'>): Html => (
  <Card flush>
    <Table
      rows={report.data}
      url={url}
      empty={
        <Empty icon="people" title="Nobody">
          Nobody here is like that.
        </Empty>
      }
      columns={[
        {
          title: 'Person',
          sort: 'email',
          cell: ({ name, email }) => (
            <div>
              {name}
              <div class="small muted">{email}</div>
            </div>
          ),
        },
        {
          title: 'Second factor',
          cell: ({ has_second_factor }) =>
            has_second_factor ? <Status of="on" /> : <Status of="needs_attention" label="None" />,
        },
        { title: 'Since', cell: ({ confirmed_at }) => <When at={confirmed_at} date_only /> },
        { title: 'Last seen', cell: ({ last_seen_at }) => <When at={last_seen_at} /> },
      ]}
    />
  </Card>
)

/** Those who are shown, on all pages of the list. */
const questionOf = ({ searchParams }: URL): string => {
  const asked = ['state', 'search'].flatMap((name) => {
    const value = searchParams.get(name)
    return value ? [[name, value] as [string, string]] : []
  })
  return asked.length > 0 ? `?${new URLSearchParams(asked)}` : ''
}

const Reminder = ({ report }: Pick<ReportProps, 'report'>): Html => {
  const { require_two_factor, days_left, two_factor_deadline, without_count } = report
  if (!require_two_factor) {
    return <Notice>Nobody is made to have one. You can change that under Rules.</Notice>
  }
  if (without_count === 0) return <Notice tone="good">Everybody has one.</Notice>
  return days_left === 0 ? (
    <Notice tone="warn">The time is over: who has none sets one up before anything else.</Notice>
  ) : (
    <Notice>
      Everybody needs one until <When at={two_factor_deadline} />.
    </Notice>
  )
}
