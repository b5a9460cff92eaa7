/** Movements as a table: what went from where to where, why, and who did it. */
import type { Html } from '../../src/kit/html.ts'
import type { Movement } from '../../src/stock/schema.ts'
import { Reference } from '../ui/reference.tsx'
import { sentence } from '../ui/status.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { dayText, When } from '../ui/text.tsx'
import { Tracked } from './levels.tsx'

const Place = ({ id, name }: { id: string | null; name: string }): Html =>
  id ? (
    <a class="nowrap" href={`/locations/${id}`}>
      {name}
    </a>
  ) : (
    <span class="muted">{name}</span>
  )

export const way: Column<Movement> = {
  title: 'From → to',
  cell: (movement) => (
    <span>
      <Place id={movement.from_location_id} name={movement.from} /> →{' '}
      <Place id={movement.to_location_id} name={movement.to} />
    </span>
  ),
}

/** With a sign when it came in or went out; between places of our own it has none. */
export const amount: Column<Movement> = {
  title: 'Quantity',
  end: true,
  cell: ({ quantity, from_location_id, to_location_id }) => {
    const sign = !from_location_id ? '+' : !to_location_id ? '−' : ''
    return (
      <strong class="nowrap">
        {sign}
        {quantity}
      </strong>
    )
  },
}

/** The order is that of telling: what was told on a later day than it happened says so. */
const happened: Column<Movement> = {
  title: 'Happened',
  cell: ({ occurred_at, recorded_at }) => {
    const told = recorded_at.slice(0, 10)
    return (
      <div>
        <When at={occurred_at} />
        {told !== occurred_at.slice(0, 10) && (
          <div class="small muted nowrap">told {dayText(told)}</div>
        )}
      </div>
    )
  },
}

const posting: Column<Movement> = {
  title: 'Posting',
  cell: ({ posting_id, seq }) => (
    <a class="row-link" href={`/stock/postings/${posting_id}`}>
      {seq}
    </a>
  ),
}

const why: Column<Movement> = {
  title: 'Why',
  cell: ({ reason, note }) => (
    <div>
      {sentence(reason)}
      {note && <div class="small muted">{note}</div>}
    </div>
  ),
}

const tracking: Column<Movement> = {
  title: 'Lot or serial',
  cell: (movement) => <Tracked of={movement} />,
}

export const Movements = ({
  movements,
  tracked,
}: {
  movements: readonly Movement[]
  /** Whether the item has lots or serials. */
  tracked: boolean
}): Html => (
  <Table
    rows={movements}
    columns={[
      posting,
      happened,
      why,
      amount,
      way,
      ...(tracked ? [tracking] : []),
      {
        title: 'Caused by',
        cell: (movement) => <Reference type={movement.reference_type} id={movement.reference_id} />,
      },
      { title: 'By', cell: (movement) => movement.actor_name },
    ]}
    empty={<p class="empty">Nothing of it has ever moved. The first receipt begins its ledger.</p>}
  />
)
