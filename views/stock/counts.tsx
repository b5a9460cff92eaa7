/** Counts as a list. */
import type { Html } from '../../src/kit/html.ts'
import type { Count } from '../../src/stock/counts/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Text, When } from '../ui/text.tsx'

interface Props {
  page: { data: Count[]; next_cursor: string | null }
  siteOf: (site_id: string) => string
  url: URL
  may_write: boolean
}

const statuses = ['requested', 'counting', 'counted', 'posted', 'cancelled']

/** How many lines have a number that nobody has to check again. */
export const countedOf = ({ lines }: Count): number =>
  lines.filter((line) => line.counted_quantity !== null && !line.recount).length

export const CountsPage = ({ page, siteOf, url, may_write }: Props): Html => (
  <>
    <PageHead title="Counts" sub="Somebody walks along the shelves and says what is there.">
      {may_write && (
        <LinkButton href="/counts/new" kind="primary" icon="plus">
          New count
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
            title: 'Asked for',
            sort: 'created_at',
            cell: (count) => (
              <a class="row-link" href={`/counts/${count.id}`}>
                <When at={count.created_at} />
              </a>
            ),
          },
          { title: 'Site', cell: (count) => siteOf(count.site_id) },
          { title: 'Status', cell: (count) => <Status of={count.status} /> },
          {
            title: 'Counted',
            end: true,
            cell: (count) => `${countedOf(count)} of ${count.lines.length}`,
          },
          { title: 'Note', cell: (count) => <Text value={count.note} /> },
          { title: 'Booked', cell: (count) => <When at={count.posted_at} /> },
        ]}
        empty={
          <Empty
            icon="count"
            title={url.search ? 'Nothing fits these filters' : 'Nothing counted yet'}
            action={
              may_write && (
                <LinkButton href="/counts/new" kind="primary">
                  Ask for a count
                </LinkButton>
              )
            }
          >
            Count a few bins at a time, without closing the warehouse. Whoever counts does not see
            what is expected; a difference is counted twice before it is believed.
          </Empty>
        }
      />
      <Pager page={page} url={url} />
    </Card>
  </>
)
