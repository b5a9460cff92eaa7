/** The parcels of an order: what is in each, how heavy it is, and where it has got to. */
import type { Html } from '../../src/kit/html.ts'
import type { Fulfilment, Parcel } from '../../src/orders/fulfilment-schema.ts'
import { ActionButton, LinkButton, type FormState } from '../ui/form.tsx'
import { Status } from '../ui/status.tsx'
import { Dimensions, Text, Weight, When } from '../ui/text.tsx'

interface Props {
  fulfilment: Fulfilment
  state: FormState
  may_pack: boolean
}

export const Parcels = ({ fulfilment, state, may_pack }: Props): Html => {
  const { order, parcels } = fulfilment
  return (
    <ul class="parcels">
      {parcels.map((parcel) => (
        <li>
          <div>
            <h3>
              Parcel {parcel.number} <ParcelState parcel={parcel} />
            </h3>
            <p class="small muted">
              <Weight g={parcel.weight_g} /> · <Dimensions of={parcel} />
              {parcel.packaging && ` · ${parcel.packaging}`} · packed by {parcel.packed_by},{' '}
              <When at={parcel.packed_at} />
            </p>
            <Contents parcel={parcel} />
          </div>
          <div class="actions">
            {parcel.shipment_id && (
              <LinkButton href={`/shipments/${parcel.shipment_id}`} icon="truck">
                Shipment
              </LinkButton>
            )}
            <LinkButton
              href={`/orders/${order.id}/packing-slip?parcel=${parcel.number}`}
              icon="print"
              kind="quiet"
            >
              Packing slip
            </LinkButton>
            {may_pack && !parcel.dispatched_at && (
              <ActionButton
                action={`/orders/${order.id}/parcels/${parcel.id}/unpack`}
                state={state}
                kind="quiet"
              >
                Unpack
              </ActionButton>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

const ParcelState = ({ parcel }: { parcel: Parcel }): Html =>
  parcel.delivered_at ? (
    <Status of="delivered" />
  ) : parcel.dispatched_at ? (
    <Status of="shipped" label="Left" />
  ) : (
    <Status of="packed" label="Here" />
  )

export const Contents = ({ parcel }: { parcel: Parcel }): Html => (
  <ul class="contents">
    {parcel.contents.map(({ sku, name, quantity, lot_code, serial_code }) => (
      <li>
        <strong>{quantity}</strong> × <span class="mono">{sku}</span> {name}
        {lot_code && <span class="muted"> · lot {lot_code}</span>}
        {serial_code && <span class="muted"> · serial {serial_code}</span>}
      </li>
    ))}
    {parcel.contents.length === 0 && (
      <li>
        <Text value={null} />
      </li>
    )}
  </ul>
)
