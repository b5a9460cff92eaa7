/** The catalogue as a list. */
import type { Html } from '../../src/kit/html.ts'
import type { Item } from '../../src/catalog/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Money, Text } from '../ui/text.tsx'

interface Props {
  page: { data: Item[]; next_cursor: string | null }
  url: URL
  may_write: boolean
}

const trackings = [
  ['none', 'Untracked'],
  ['lot', 'By lot'],
  ['serial', 'By serial'],
] as const

export const ItemsPage = ({ page, url, may_write }: Props): Html => (
  <>
    <PageHead title="Items" sub="Everything you stock and sell.">
      {may_write && (
        <LinkButton href="/items/new" kind="primary" icon="plus">
          New item
        </LinkButton>
      )}
    </PageHead>
    <Filters
      url={url}
      filters={[
        { name: 'search', label: 'Sku, name or barcode', placeholder: 'MUG-' },
        { name: 'tracking', label: 'Tracking', choices: trackings },
      ]}
    />
    <Card flush>
      <Table
        rows={page.data}
        url={url}
        columns={[
          {
            title: 'Sku',
            sort: 'sku',
            cell: (item) => (
              <a class="row-link mono" href={`/items/${item.id}`}>
                {item.sku}
              </a>
            ),
          },
          { title: 'Name', sort: 'name', cell: (item) => item.name },
          {
            title: 'Tracked by',
            cell: (item) => (item.tracking === 'none' ? <Text value={null} /> : item.tracking),
          },
          { title: 'Barcode', cell: (item) => <Text value={item.barcode} /> },
          { title: 'Value', end: true, cell: (item) => <Money value={item.value} /> },
          {
            title: 'State',
            cell: (item) => (item.archived_at ? <Status of="archived" /> : <Status of="active" />),
          },
        ]}
        empty={
          <Empty
            icon="box"
            title={url.search ? 'Nothing fits these filters' : 'No items yet'}
            action={
              may_write && (
                <LinkButton href="/items/new" kind="primary">
                  Add the first item
                </LinkButton>
              )
            }
          >
            An item is one thing you stock: a sku, its barcode, its size and weight. Its stock
            begins with the first receipt.
          </Empty>
        }
      />
      <Pager page={page} url={url} />
    </Card>
  </>
)
