/** Postings: one line for each time goods moved. */
import type { Html } from '../../src/kit/html.ts'
import type { PostingSummary } from '../../src/ledger/shapes.ts'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { Reference } from '../ui/reference.tsx'
import { sentence } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'
import { LedgerTabs } from './tabs.tsx'

interface Props {
  page: { data: PostingSummary[]; next_cursor: string | null }
  reasons: readonly (readonly [code: string, name: string])[]
  url: URL
}

export const PostingsPage = ({ page, reasons, url }: Props): Html => (
  <>
    <PageHead title="Postings" sub="Each time goods moved, newest first. None is ever changed." />
    <LedgerTabs current="/ledger/postings" />
    <Filters
      url={url}
      filters={[
        { name: 'reference_id', label: 'Caused by (id)', placeholder: 'po_…' },
        { name: 'reason', label: 'Reason', choices: reasons },
      ]}
    />
    <Card flush>
      <Postings
        postings={page.data}
        empty={
          <Empty
            icon="list"
            title={url.search ? 'Nothing fits these filters' : 'Nothing has moved yet'}
          >
            Receiving, picking, moving, adjusting and counting each leave a posting here.
          </Empty>
        }
      />
      <Pager page={page} url={url} />
    </Card>
  </>
)

export const Postings = ({
  postings,
  empty,
}: {
  postings: readonly PostingSummary[]
  empty: Html
}): Html => (
  <Table
    rows={postings}
    columns={[
      {
        title: 'Posting',
        cell: (posting) => (
          <a class="row-link" href={`/stock/postings/${posting.id}`}>
            {posting.seq}
          </a>
        ),
      },
      {
        title: 'Why',
        cell: (posting) => (
          <div>
            {sentence(posting.reason)}
            {posting.note && <div class="small muted">{posting.note}</div>}
          </div>
        ),
      },
      {
        title: 'Caused by',
        cell: ({ reference }) => (
          <Reference type={reference?.type ?? ''} id={reference?.id ?? ''} />
        ),
      },
      { title: 'By', cell: (posting) => posting.actor.name },
      { title: 'Happened', cell: (posting) => <When at={posting.occurred_at} /> },
      {
        title: 'Hash',
        cell: (posting) => (
          <code class="mono small muted" title={posting.hash}>
            {posting.hash.slice(0, 12)}…
          </code>
        ),
      },
    ]}
    empty={empty}
  />
)
