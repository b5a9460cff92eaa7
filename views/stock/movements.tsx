/** Movements as a table: what went from where to where, why, and who did it. */
import type { Html } from '../../src/kit/html.ts'
import type { Movement } from '../../src/stock/schema.ts'
import { Reference } from '../ui/reference.tsx'
import { sentence } from '../ui/status.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'
import { Tracked } from './levels.tsx'

const Place = ({ id, name }: { id: string | null; name: string }): Html =>
  id ? <a href={`/locations/${id}`}>{name}</a> : <span class="muted">{name}</span>

export const way: Column<Movement> = {
  title: 'From → to',
  cell: (movement) => (
    <span>
      <Place id={movement.from_location_id} name={movement.from} /> →{' '}
      <Place id={movement.to_location_id} name={movement.to} />
    </span>
  ),
}

export const amount: Column<Movement> = {
  title: 'Quantity',
  end: true,
  cell: (movement) => <strong>{movement.quantity}</strong>,
}

const why: Column<Movement>[] = [
  {
    title: 'When',
    cell: (movement) => (
      <a class="row-link" href={`/stock/postings/${movement.posting_id}`}>
        <When at={movement.occurred_at} />
      </a>
    ),
  },
  {
    title: 'Why',
    cell: (movement) => (
      <div>
        {sentence(movement.reason)}
        {movement.note && <div class="small muted">{movement.note}</div>}
      </div>
    ),
  },
]

export const Movements = ({ movements }: { movements: readonly Movement[] }): Html => (
  <Table
    rows={movements}
    columns={[
      ...why,
      amount,
      way,
      { title: 'Lot or serial', cell: (movement) => <Tracked of={movement} /> },
      {
        title: 'Caused by',
        cell: (movement) => <Reference type={movement.reference_type} id={movement.reference_id} />,
      },
      { title: 'By', cell: (movement) => movement.actor_name },
    ]}
    empty={<p class="empty">Nothing of it has ever moved. The first receipt begins its ledger.</p>}
  />
)
