/** What happened, newest first. */
import type { Html } from '../../src/kit/html.ts'
import type { Event } from '../../src/events/schema.ts'
import { Card, Empty, Facts, PageHead } from '../ui/layout.tsx'
import { Filters, Pager, Table, type Column } from '../ui/table.tsx'
import { Id, Json, Text, When } from '../ui/text.tsx'

const columns: readonly Column<Event>[] = [
  { title: 'Seq', cell: ({ seq }) => seq, end: true },
  { title: 'Event', cell: ({ id, type }) => <a href={`/events/${id}`}>{type}</a> },
  { title: 'About', cell: ({ subject_id }) => <Id value={subject_id} /> },
  { title: 'When', cell: ({ occurred_at }) => <When at={occurred_at} /> },
]

interface EventsProps {
  page: { data: Event[]; next_cursor: string | null }
  url: URL
}

export const eventsView = ({ page, url }: EventsProps): Html => (
  <>
    <PageHead
      title="Events"
      sub="What your systems can be told, in the order in which it happened."
    />
    <Filters
      url={url}
      filters={[
        { name: 'type', label: 'Type', placeholder: 'item.* or item.created' },
        { name: 'subject_id', label: 'About', placeholder: 'itm_…' },
      ]}
    />
    <Card flush>
      <Table
        rows={page.data}
        columns={columns}
        empty={
          <Empty icon="list" title={page.next_cursor ? 'None on this page' : 'No events'}>
            {page.next_cursor
              ? 'Nothing of this type among the latest; go on to the next page.'
              : 'Every change leaves an event here.'}
          </Empty>
        }
      />
      <Pager page={page} url={url} />
    </Card>
  </>
)

export const eventView = ({ event }: { event: Event }): Html => (
  <>
    <PageHead title={event.type} sub={<Id value={event.id} />} crumbs={[['Events', '/events']]} />
    <Card>
      <Facts
        of={[
          ['When', <When at={event.occurred_at} />],
          ['Seq', event.seq],
          ['About', <a href={`/events?subject_id=${event.subject_id}`}>{event.subject_id}</a>],
          ['Request', <Text value={event.request_id} />],
        ]}
      />
    </Card>
    <Card title="Data">
      <Json value={event.data} />
    </Card>
  </>
)
