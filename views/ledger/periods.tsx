/** Closed periods: until when the books are closed, and how far back postings may be dated. */
import type { Html } from '../../src/kit/html.ts'
import type { PeriodShape } from '../../src/ledger/shapes.ts'
import type { Static } from '@sinclair/typebox'
import { Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { Pager, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'
import { LedgerTabs } from './tabs.tsx'

interface Props {
  page: { data: Static<typeof PeriodShape>[]; next_cursor: string | null }
  backdating_days: number
  url: URL
  state: FormState
  may_write: boolean
}

export const PeriodsPage = ({ page, backdating_days, url, state, may_write }: Props): Html => (
  <>
    <PageHead
      title="Closed periods"
      sub="Nothing is dated into a closed period any more; what was on hand then is frozen."
    />
    <LedgerTabs current="/ledger/periods" />
    <Wrong state={state} />
    {may_write && <Rules backdating_days={backdating_days} state={state} />}
    <Card flush>
      <Table
        rows={page.data}
        url={url}
        columns={[
          { title: 'Closed until', sort: 'until', cell: (period) => <When at={period.until} /> },
          { title: 'Closed', cell: (period) => <When at={period.closed_at} /> },
          { title: 'By', cell: (period) => period.closed_by.name },
          { title: 'Levels frozen', end: true, cell: (period) => period.level_count },
          { title: 'At posting', end: true, cell: (period) => period.head_seq },
          {
            title: 'Hash',
            cell: (period) => (
              <code class="mono small muted" title={period.hash}>
                {period.hash.slice(0, 12)}…
              </code>
            ),
          },
        ]}
        empty={
          <Empty icon="clock" title="No period is closed">
            Close a month or a year once its stock is settled: reports about it never change again.
          </Empty>
        }
      />
      <Pager page={page} url={url} />
    </Card>
  </>
)

const Rules = ({ backdating_days, state }: Pick<Props, 'backdating_days' | 'state'>): Html => (
  <div class="columns">
    <Card title="Close the books">
      <Form action="/ledger/periods" state={state}>
        <Field
          name="until"
          label="Until the end of"
          state={state}
          type="date"
          required
          hint="UTC. It cannot be opened again: corrections are posted after it."
        />
        <div class="actions">
          <Button kind="danger">Close the books</Button>
        </div>
      </Form>
    </Card>
    <Card title="How far back">
      <Form action="/ledger/dating" state={state}>
        <Field
          name="backdating_days"
          label="Days a posting may be dated back"
          state={state}
          inputmode="numeric"
          required
          value={backdating_days}
          hint="0 to 3,660; never into a closed period."
        />
        <div class="actions">
          <Button>Save</Button>
        </div>
      </Form>
    </Card>
  </div>
)
