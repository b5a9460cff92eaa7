/** One location: what lies there, what stands in it, and what it is for. */
import type { Html } from '../../src/kit/html.ts'
import type { Location } from '../../src/locations/schema.ts'
import type { Level } from '../../src/stock/schema.ts'
import { ActionButton, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { AddressLines, Id, When } from '../ui/text.tsx'
import { goodsColumn, levelColumns } from '../stock/levels.tsx'
import { Flags } from './locations.tsx'

interface Props {
  location: Location
  /** What it stands in, from the site down. */
  way: Location[]
  codeOf: (id: string) => string
  inside: { data: Location[]; has_more: boolean }
  /** Undefined for those who may not see stock. */
  levels: { data: Level[]; has_more: boolean } | undefined
  state: FormState
  may_write: boolean
  may_move: boolean
}

const holds_places = ['site', 'zone', 'aisle']

export const LocationPage = (props: Props): Html => {
  const { location, way, state, levels } = props
  return (
    <>
      <PageHead
        title={
          <>
            {location.code} {location.on_hold && <Status of="on_hold" />}{' '}
            {location.is_default && <Status of="active" label="Default site" />}
          </>
        }
        sub={location.name === location.code ? sentence(location.type) : location.name}
        crumbs={[
          ['Locations', '/locations'],
          ...way.map(({ id, code }) => [code, `/locations/${id}`] as const),
        ]}
      >
        <Actions {...props} />
      </PageHead>
      <Wrong state={state} />
      {location.archived_at && (
        <Notice tone="warn">
          Archived <When at={location.archived_at} />: nothing is put here any more.
        </Notice>
      )}
      {location.on_hold && (
        <Notice tone="warn">On hold: what lies here is not promised to orders.</Notice>
      )}
      {levels && location.account_id && (
        <Card title={location.type === 'site' ? 'Under way to here' : 'What lies here'} flush>
          <Contents location={location} levels={levels} may_move={props.may_move} />
        </Card>
      )}
      {holds_places.includes(location.type) && (
        <Card title="What stands in it" flush>
          <Inside {...props} />
        </Card>
      )}
      <Card title="About">
        <About {...props} />
      </Card>
    </>
  )
}

const Actions = ({ location, state, may_write, may_move }: Props): Html => {
  const { id, type, version, archived_at } = location
  const action = (name: string) => ({ action: `/locations/${id}/${name}`, state, version })
  if (archived_at) {
    return may_write ? <ActionButton {...action('restore')}>Bring back</ActionButton> : <></>
  }
  return (
    <>
      {may_write && (
        <ActionButton {...action('archive')} kind="quiet">
          Archive
        </ActionButton>
      )}
      {may_write && type !== 'site' && location.account_id && (
        <ActionButton {...action(location.on_hold ? 'release' : 'hold')}>
          {location.on_hold ? 'Release' : 'Put on hold'}
        </ActionButton>
      )}
      {may_move && <LinkButton href={`/counts/new?in=${id}`}>Count</LinkButton>}
      {may_write && <LinkButton href={`/locations/${id}/edit`}>Change</LinkButton>}
      {may_write && holds_places.includes(type) && (
        <LinkButton href={`/locations/new?parent_id=${id}`} kind="primary" icon="plus">
          Add a place
        </LinkButton>
      )}
    </>
  )
}

const Contents = ({
  location,
  levels,
  may_move,
}: {
  location: Location
  levels: NonNullable<Props['levels']>
  may_move: boolean
}): Html => (
  <>
    <Table
      rows={levels.data}
      columns={[goodsColumn, ...levelColumns(may_move)]}
      empty={
        <p class="empty">
          {location.type === 'site' ? 'No transfer is on its way here.' : 'Nothing lies here now.'}
        </p>
      }
    />
    {levels.has_more && (
      <p class="pager">
        <span>The first 100</span>
        <a href={`/stock?location_id=${location.id}`}>All of them</a>
      </p>
    )}
  </>
)

const Inside = ({ inside, location }: Props): Html => (
  <>
    <Table
      rows={inside.data}
      columns={[
        {
          title: 'Code',
          cell: (place) => (
            <a class="row-link" href={`/locations/${place.id}`}>
              {place.code}
            </a>
          ),
        },
        { title: 'Name', cell: (place) => (place.name === place.code ? '' : place.name) },
        { title: 'Kind', cell: (place) => sentence(place.type) },
        { title: 'For', cell: (place) => <Flags of={place} /> },
      ]}
      empty={<p class="empty">Nothing stands in it yet.</p>}
    />
    {inside.has_more && (
      <p class="pager">
        <span>The first 100</span>
        <a href={`/locations?parent_id=${location.id}`}>All of them</a>
      </p>
    )}
  </>
)

const yes = (value: boolean): string => (value ? 'Yes' : 'No')

const About = ({ location, codeOf }: Props): Html => {
  const role = (id: string | null) => (id ? <a href={`/locations/${id}`}>{codeOf(id)}</a> : '—')
  return (
    <Facts
      of={[
        ['Kind', sentence(location.type)],
        ...(location.type === 'site'
          ? ([
              ['Address', <AddressLines address={location.address} />],
              ['Goods arrive at', role(location.receiving_id)],
              ['Orders are packed at', role(location.packing_id)],
              ['Rejected goods wait in', role(location.quarantine_id)],
              ['Returns wait in', role(location.returns_id)],
            ] as const)
          : ([
              ['Orders are picked from here', yes(location.pickable)],
              ['Goods are received to here', yes(location.receivable)],
            ] as const)),
        ['Added', <When at={location.created_at} />],
        ['Id', <Id value={location.id} />],
      ]}
    />
  )
}
