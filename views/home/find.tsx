/** When a code is not exactly one thing: what begins with it. */
import type { Html } from '../../src/kit/html.ts'
import type { Find, Match } from '../../src/home/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { pageOf } from '../ui/reference.tsx'
import { sentence } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { Text } from '../ui/text.tsx'

export const FindPage = ({ code, found }: { code: string; found: Find }): Html => (
  <>
    <PageHead
      title={code ? `Nothing is called exactly “${code}”` : 'Find anything'}
      sub={found.matches.length > 0 ? 'Perhaps one of these was meant.' : undefined}
    />
    <form method="get" action="/find" class="filters" role="search">
      <div class="field grow scan">
        <label for="code">Sku, barcode, serial, order or tracking number</label>
        <input id="code" name="code" type="search" value={code} autofocus autocomplete="off" />
      </div>
      <button class="button primary large" type="submit">
        Find
      </button>
    </form>
    <Card flush>
      <Table
        rows={found.matches}
        columns={[
          { title: 'What', cell: ({ type }) => sentence(type) },
          { title: 'Code', cell: (match) => <Code match={match} /> },
          { title: 'Name', cell: ({ name }) => <Text value={name} /> },
        ]}
        empty={
          <Empty
            icon="search"
            title={code ? 'Nothing begins with it either' : 'Scan or type a code'}
            action={<LinkButton href="/items">Look through the items</LinkButton>}
          >
            Skus, barcodes, serials, lots, places, numbers of orders and returns, tracking numbers
            and names are looked through, from their beginning.
          </Empty>
        }
      />
    </Card>
  </>
)

const Code = ({ match }: { match: Match }): Html => (
  <a class="row-link" href={pageOf(match.id, match.type) ?? '/'}>
    {match.code || match.id}
  </a>
)
