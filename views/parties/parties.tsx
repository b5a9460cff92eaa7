/** Suppliers, or customers, as a list. */
import type { Html } from '../../src/kit/html.ts'
import type { Party, PartyKind } from '../../src/parties/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Text, When } from '../ui/text.tsx'

interface Props {
  kind: PartyKind
  page: { data: Party[]; next_cursor: string | null }
  url: URL
  may_write: boolean
}

const words = {
  supplier: {
    title: 'Suppliers',
    sub: 'Whom you buy from.',
    none: 'No suppliers yet',
    first: 'Add the first supplier',
    teach:
      'A supplier is whom a purchase order goes to. With an address, returns to them can be shipped.',
  },
  customer: {
    title: 'Customers',
    sub: 'Whom you sell and ship to.',
    none: 'No customers yet',
    first: 'Add the first customer',
    teach:
      'A customer is optional: an order can bring its own address. Those you ship to often are quicker to choose from here.',
  },
}

export const PartiesPage = ({ kind, page, url, may_write }: Props): Html => {
  const { title, sub, none, first, teach } = words[kind]
  const add = `/${kind}s/new`
  return (
    <>
      <PageHead title={title} sub={sub}>
        {may_write && (
          <LinkButton href={add} kind="primary" icon="plus">
            New {kind}
          </LinkButton>
        )}
      </PageHead>
      <Filters
        url={url}
        filters={[
          { name: 'search', label: 'Name, code or e-mail', placeholder: 'Kiln' },
          {
            name: 'archived',
            label: 'Archived',
            any: 'Left out',
            choices: [['true', 'Shown too']],
          },
        ]}
      />
      <Card flush>
        <Table
          rows={page.data}
          url={url}
          columns={columns}
          empty={
            url.search ? (
              <Empty icon="people" title="Nothing fits these filters">
                The beginning of a name or a code finds them, or a whole e-mail address.
              </Empty>
            ) : (
              <Empty
                icon="people"
                title={none}
                action={
                  may_write && (
                    <LinkButton href={add} kind="primary">
                      {first}
                    </LinkButton>
                  )
                }
              >
                {teach}
              </Empty>
            )
          }
        />
        <Pager page={page} url={url} />
      </Card>
    </>
  )
}

const columns = [
  {
    title: 'Name',
    sort: 'name',
    cell: (party: Party) => (
      <div>
        <a class="row-link" href={`/parties/${party.id}`}>
          {party.name}
        </a>{' '}
        {party.archived_at && <Status of="archived" />}
      </div>
    ),
  },
  {
    title: 'Code',
    sort: 'code',
    cell: (party: Party) => <span class="mono">{party.code}</span>,
  },
  { title: 'E-mail', cell: (party: Party) => <Text value={party.email} /> },
  { title: 'Phone', cell: (party: Party) => <Text value={party.phone_number} /> },
  {
    title: 'Place',
    cell: ({ addresses: [first] }: Party) => (
      <Text
        value={first && [first.address.city, first.address.country_code].filter(Boolean).join(', ')}
      />
    ),
  },
  {
    title: 'Added',
    sort: 'created_at',
    cell: (party: Party) => <When at={party.created_at} date_only />,
  },
]
