/** Where events are sent. */
import type { Html } from '../../src/kit/html.ts'
import type { Endpoint } from '../../src/webhooks/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Pager, Table, type Column } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

interface EndpointsProps {
  page: { data: Endpoint[]; next_cursor: string | null }
  url: URL
  may_write: boolean
}

const columns: readonly Column<Endpoint>[] = [
  {
    title: 'Address',
    cell: ({ id, url, description }) => (
      <>
        <a href={`/webhooks/${id}`}>{url}</a>
        {description && <div class="small muted">{description}</div>}
      </>
    ),
  },
  { title: 'Events', cell: ({ types }) => <code class="mono small">{types.join(' ')}</code> },
  {
    title: 'State',
    cell: ({ disabled_at }) =>
      disabled_at ? <Status of="disabled" /> : <Status of="active" label="Enabled" />,
  },
  { title: 'Added', cell: ({ created_at }) => <When at={created_at} date_only /> },
]

export const endpointsView = ({ page, url, may_write }: EndpointsProps): Html => {
  const add = may_write && (
    <LinkButton href="/webhooks/new" kind="primary" icon="plus">
      Add an endpoint
    </LinkButton>
  )
  return (
    <>
      <PageHead title="Webhooks" sub="Your systems are told what happens here, signed and retried.">
        <LinkButton href="/webhook-deliveries?state=failed" kind="quiet">
          Given up
        </LinkButton>
        {add}
      </PageHead>
      <Card flush>
        <Table
          rows={page.data}
          columns={columns}
          url={url}
          empty={
            <Empty icon="hook" title="No endpoints yet" action={add}>
              An endpoint is an address of yours that gets a signed request for every event it asked
              for.
            </Empty>
          }
        />
        <Pager page={page} url={url} />
      </Card>
    </>
  )
}
