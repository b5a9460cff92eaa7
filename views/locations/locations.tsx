/** Locations: each site with what stands in it, in walking order; or a list, when one searches. */
import type { Html } from '../../src/kit/html.ts'
import type { Location, LocationTree } from '../../src/locations/schema.ts'
import { ActionButton, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'

interface Props {
  /** What a search found; undefined when nobody searches. */
  found: { data: Location[]; next_cursor: string | null } | undefined
  sites: { site: Location; tree: LocationTree }[]
  url: URL
  state: FormState
  may_write: boolean
}

export const types = ['site', 'zone', 'aisle', 'bin', 'dock', 'packing', 'quarantine', 'returns']

export const LocationsPage = ({ found, sites, url, state, may_write }: Props): Html => (
  <>
    <PageHead title="Locations" sub="Sites, and the bins, docks and benches in them.">
      {may_write && (found || sites.length > 0) && (
        <>
          <LinkButton href="/locations/new?type=site">New site</LinkButton>
          <LinkButton href="/locations/new" kind="primary" icon="plus">
            New location
          </LinkButton>
        </>
      )}
    </PageHead>
    <Wrong state={state} />
    {(found || sites.length > 0) && <Search url={url} />}
    {found && <Found found={found} url={url} />}
    {!found && sites.length === 0 && <NoSite state={state} may_write={may_write} />}
    {sites.map(({ site, tree }) => (
      <Site site={site} tree={tree} may_write={may_write} />
    ))}
  </>
)

const Search = ({ url }: { url: URL }): Html => (
  <Filters
    url={url}
    filters={[
      { name: 'search', label: 'Code or name', placeholder: 'A-01' },
      {
        name: 'type',
        label: 'Kind',
        choices: types.map((type) => [type, sentence(type)] as const),
      },
      { name: 'archived', label: 'Archived', any: 'Left out', choices: [['true', 'Shown too']] },
    ]}
  />
)

const NoSite = ({ state, may_write }: { state: FormState; may_write: boolean }): Html => (
  <Card>
    <Empty
      icon="pin"
      title="No site yet"
      action={
        may_write && (
          <div class="actions center">
            <ActionButton action="/locations/defaults" state={state} kind="primary">
              Set up the default site
            </ActionButton>
            <LinkButton href="/locations/new?type=site">Name my own</LinkButton>
          </div>
        )
      }
    >
      A site is one warehouse, shop or storeroom. It comes with a receiving dock, a packing bench,
      quarantine and returns; you add the bins. With one site you never have to think about sites.
    </Empty>
  </Card>
)

const Site = ({
  site,
  tree,
  may_write,
}: {
  site: Location
  tree: LocationTree
  may_write: boolean
}): Html => (
  <Card
    flush
    title={
      <>
        <a href={`/locations/${site.id}`}>{site.code}</a> <span class="muted">{site.name}</span>{' '}
        {site.is_default && <Status of="active" label="Default" />}
      </>
    }
    actions={
      may_write && (
        <LinkButton href={`/locations/new?parent_id=${site.id}`} kind="quiet" icon="plus">
          Add a place
        </LinkButton>
      )
    }
  >
    <Table
      rows={tree.data.slice(1)}
      columns={[
        {
          title: 'Code',
          cell: (place) => (
            <span class={`depth-${Math.min(place.depth, 4)}`}>
              <a class="row-link" href={`/locations/${place.id}`}>
                {place.code}
              </a>
            </span>
          ),
        },
        { title: 'Name', cell: (place) => (place.name === place.code ? '' : place.name) },
        { title: 'Kind', cell: (place) => sentence(place.type) },
        { title: 'For', cell: (place) => <Flags of={place} /> },
      ]}
      empty={<p class="empty">Nothing stands in it yet.</p>}
    />
    {tree.truncated && (
      <p class="pager">
        <span>The first 2,000 places</span>
        <a href={`/locations?site_id=${site.id}`}>All of them</a>
      </p>
    )}
  </Card>
)

/** What a place is used for, where that is not plain from its kind. */
export const Flags = ({
  of,
}: {
  of: { pickable: boolean; on_hold: boolean; archived_at?: string | null }
}): Html => {
  if (of.archived_at) return <Status of="archived" />
  if (of.on_hold) return <Status of="on_hold" />
  return of.pickable ? <Status of="active" label="Picking" /> : <></>
}

const Found = ({ found, url }: { found: NonNullable<Props['found']>; url: URL }): Html => (
  <Card flush>
    <Table
      rows={found.data}
      url={url}
      columns={[
        {
          title: 'Code',
          sort: 'code',
          cell: (location) => (
            <a class="row-link" href={`/locations/${location.id}`}>
              {location.code}
            </a>
          ),
        },
        { title: 'Name', cell: (location) => location.name },
        { title: 'Kind', cell: (location) => sentence(location.type) },
        { title: 'For', cell: (location) => <Flags of={location} /> },
      ]}
      empty={
        <Empty icon="pin" title="Nothing fits these filters">
          The beginning of a code or a name finds a location: A-01 finds A-01-01 and A-01-02.
        </Empty>
      }
    />
    <Pager page={found} url={url} />
  </Card>
)
