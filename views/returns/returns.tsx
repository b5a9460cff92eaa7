/** Returns as a list. */
import type { Html } from '../../src/kit/html.ts'
import type { Return } from '../../src/returns/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Money, When } from '../ui/text.tsx'

interface Props {
  page: { data: Return[]; next_cursor: string | null }
  url: URL
  statuses: readonly string[]
  may_write: boolean
}

export const ReturnsPage = ({ page, url, statuses, may_write }: Props): Html => (
  <>
    <PageHead title="Returns" sub="What customers send back, from the first word to the refund.">
      {may_write && (
        <LinkButton href="/returns/new" kind="primary" icon="plus">
          New return
        </LinkButton>
      )}
    </PageHead>
    <Filters
      url={url}
      filters={[
        { name: 'search', label: 'Number', placeholder: 'RMA-' },
        {
          name: 'status',
          label: 'Status',
          choices: statuses.map((status) => [status, sentence(status)] as const),
        },
      ]}
    />
    <Card flush>
      <List page={page} url={url} may_write={may_write} />
      <Pager page={page} url={url} />
    </Card>
  </>
)

const List = ({ page, url, may_write }: Omit<Props, 'statuses'>): Html => (
  <Table
    rows={page.data}
    url={url}
    columns={[
      {
        title: 'Number',
        sort: 'number',
        cell: (back) => (
          <a class="row-link" href={`/returns/${back.id}`}>
            {back.number}
          </a>
        ),
      },
      { title: 'Customer', cell: (back) => back.customer_name },
      {
        title: 'Order',
        cell: (back) => (
          <a class="nowrap" href={`/orders/${back.sales_order_id}`}>
            {back.order_number}
          </a>
        ),
      },
      { title: 'Status', cell: (back) => <Status of={back.status} /> },
      { title: 'Reason', cell: (back) => sentence(back.reason) },
      { title: 'Goods', cell: (back) => back.lines.map(Goods) },
      { title: 'Refund', end: true, cell: (back) => <Money value={back.refund} /> },
      {
        title: 'Made',
        sort: 'created_at',
        cell: (back) => <When at={back.created_at} date_only />,
      },
    ]}
    empty={
      <Empty
        icon="back"
        title={url.search ? 'Nothing fits these filters' : 'Nothing has come back'}
        action={
          may_write && (
            <LinkButton href="/returns/new" kind="primary">
              Take something back
            </LinkButton>
          )
        }
      >
        A return begins with an order that has left. Its goods wait apart until somebody has looked
        at them; only what is restocked can be sold again.
      </Empty>
    }
  />
)

const Goods = ({ sku, quantity }: Return['lines'][number]): Html => (
  <div class="nowrap">
    {quantity} × {sku}
  </div>
)
