/** Purchase orders as a list. */
import type { Html } from '../../src/kit/html.ts'
import type { PurchaseOrder } from '../../src/purchasing/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Money, When } from '../ui/text.tsx'

interface Props {
  page: { data: PurchaseOrder[]; next_cursor: string | null }
  url: URL
  may_write: boolean
}

const statuses = ['draft', 'sent', 'partially_received', 'received', 'closed', 'cancelled']

export const OrdersPage = ({ page, url, may_write }: Props): Html => (
  <>
    <PageHead title="Purchase orders" sub="What is on its way from suppliers.">
      {may_write && (
        <LinkButton href="/purchase_orders/new" kind="primary" icon="plus">
          New purchase order
        </LinkButton>
      )}
    </PageHead>
    <Filters
      url={url}
      filters={[
        { name: 'search', label: 'Number', placeholder: 'PO-' },
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
            title: 'Number',
            sort: 'number',
            cell: (order) => (
              <a class="row-link" href={`/purchase_orders/${order.id}`}>
                {order.number}
              </a>
            ),
          },
          { title: 'Supplier', cell: (order) => order.supplier_name },
          { title: 'Status', cell: (order) => <Status of={order.status} /> },
          { title: 'Expected', cell: (order) => <When at={order.expected_on} date_only /> },
          { title: 'Lines', end: true, cell: (order) => order.lines.length },
          { title: 'Total', end: true, cell: (order) => <Money value={order.total} /> },
          {
            title: 'Made',
            sort: 'created_at',
            cell: (order) => <When at={order.created_at} date_only />,
          },
        ]}
        empty={
          <Empty
            icon="cart"
            title={url.search ? 'Nothing fits these filters' : 'Nothing ordered yet'}
            action={
              may_write && (
                <LinkButton href="/purchase_orders/new" kind="primary">
                  Order from a supplier
                </LinkButton>
              )
            }
          >
            A purchase order says what a supplier sends. Receiving it, in one go or in parts, is how
            goods come into stock.
          </Empty>
        }
      />
      <Pager page={page} url={url} />
    </Card>
  </>
)
