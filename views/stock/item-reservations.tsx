/** Open reservations of one item; those of orders follow their orders. */
import type { Html } from '../../src/kit/html.ts'
import type { Reservation } from '../../src/stock/reservations/schema.ts'
import { ActionButton, type FormState } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'
import { Reference } from '../ui/reference.tsx'
import { Table } from '../ui/table.tsx'
import { Text, When } from '../ui/text.tsx'
import { Tracked } from './levels.tsx'

interface Props {
  reservations: { data: Reservation[]; has_more: boolean }
  state: FormState
  may_write: boolean
}

export const Reservations = ({ reservations, state, may_write }: Props): Html => (
  <Card title="Reserved for" flush>
    <Table
      rows={reservations.data}
      columns={[
        {
          title: 'For',
          cell: (reservation) =>
            reservation.reference_type ? (
              <Reference type={reservation.reference_type} id={reservation.reference_id} />
            ) : (
              <Text value={null} />
            ),
        },
        {
          title: 'Held',
          cell: (reservation) =>
            reservation.location_id ? (
              <a href={`/locations/${reservation.location_id}`}>These goods, in their place</a>
            ) : (
              'From anywhere at the site'
            ),
        },
        { title: 'Lot or serial', cell: (reservation) => <Tracked of={reservation} /> },
        { title: 'Since', cell: (reservation) => <When at={reservation.created_at} /> },
        { title: 'Ends', cell: (reservation) => <When at={reservation.expires_at} /> },
        {
          title: 'Open',
          end: true,
          cell: (reservation) => <strong>{reservation.open_quantity}</strong>,
        },
        ...(may_write ? [release(state)] : []),
      ]}
      empty={<></>}
    />
    {reservations.has_more && <p class="pager">The first 100 are shown.</p>}
  </Card>
)

const release = (state: FormState) => ({
  title: '',
  end: true,
  cell: ({ id, item_id, reference_type, version }: Reservation) =>
    reference_type !== 'sales_order' && (
      <ActionButton
        action={`/stock/items/${item_id}/reservations/${id}/release`}
        state={state}
        version={version}
      >
        Release
      </ActionButton>
    ),
})
