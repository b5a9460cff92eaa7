/** Transfers as a list. */
import type { Html } from '../../src/kit/html.ts'
import type { Transfer } from '../../src/stock/transfers/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Text, When } from '../ui/text.tsx'

interface Props {
  page: { data: Transfer[]; next_cursor: string | null }
  codeOf: (location_id: string) => string
  url: URL
  may_write: boolean
}

const statuses = ['sent', 'partially_received', 'received', 'cancelled']

export const TransfersPage = ({ page, codeOf, url, may_write }: Props): Html => (
  <>
    <PageHead title="Transfers" sub="Goods on their way from one site to another.">
      {may_write && (
        <LinkButton href="/transfers/new" kind="primary" icon="plus">
          New transfer
        </LinkButton>
      )}
    </PageHead>
    <Filters
      url={url}
      filters={[
        {
          name: 'status',
          label: 'Status',
          choices: statuses.map((status) => [status, sentence(status)] as const),
        },
      ]}
    />
    <Card flush>
      <Table
        rows={page.data}
        url={url}
        columns={[
          {
            title: 'Way',
            cell: (transfer) => (
              <a class="row-link" href={`/transfers/${transfer.id}`}>
                {codeOf(transfer.from_site_id)} → {codeOf(transfer.to_site_id)}
              </a>
            ),
          },
          { title: 'Status', cell: (transfer) => <Status of={transfer.status} /> },
          { title: 'Goods', cell: (transfer) => <Goods transfer={transfer} /> },
          { title: 'Note', cell: (transfer) => <Text value={transfer.note} /> },
          {
            title: 'Expected',
            cell: (transfer) => <When at={transfer.expected_on} date_only />,
          },
          {
            title: 'Sent',
            sort: 'created_at',
            cell: (transfer) => <When at={transfer.created_at} />,
          },
        ]}
        empty={
          <Empty
            icon="track"
            title={url.search ? 'Nothing fits these filters' : 'No transfers yet'}
            action={
              may_write && (
                <LinkButton href="/transfers/new" kind="primary">
                  Send goods to another site
                </LinkButton>
              )
            }
          >
            A transfer takes goods out of their bins at one site. They are under way until the other
            site receives them, all at once or in parts.
          </Empty>
        }
      />
      <Pager page={page} url={url} />
    </Card>
  </>
)

const Goods = ({ transfer: { lines } }: { transfer: Transfer }): Html => {
  const [first] = lines
  const more = lines.length - 1
  return (
    <span>
      {first && `${first.quantity} × ${first.sku}`}
      {more > 0 && <span class="muted"> and {more} more</span>}
    </span>
  )
}
