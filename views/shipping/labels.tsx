/** The labels of a bought shipment: shown where a picture can be, opened or sent to the printer. */
import type { Html } from '../../src/kit/html.ts'
import type { Shipment } from '../../src/shipping/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'
import type { ShipmentProps } from './shipment.tsx'

type Parcel = Shipment['parcels'][number]

export const Labels = ({ shipment }: ShipmentProps): Html => {
  const labelled = shipment.parcels.filter((parcel) => parcel.label_url)
  if (labelled.length === 0) return <></>
  return (
    <Card title={labelled.length === 1 ? 'Label' : `${labelled.length} labels`}>
      {shipment.status === 'cancelled' && (
        <p class="notice bad">This label is void: do not put it on a parcel.</p>
      )}
      <ul class="labels">
        {labelled.map((parcel) => (
          <li>
            <Label shipment={shipment} parcel={parcel} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Browsers show pictures in a page of ours; a PDF opens beside it, ZPL goes to the printer. */
const Label = ({ shipment, parcel }: { shipment: Shipment; parcel: Parcel }): Html => {
  const href = `/files/shipments/${shipment.id}/parcels/${parcel.position}/label`
  const { label_format, tracking_number } = parcel
  return (
    <>
      {label_format === 'PNG' && (
        <a href={href} target="_blank" rel="noopener">
          <img class="label-frame" src={href} alt={`Label ${tracking_number ?? ''}`} />
        </a>
      )}
      <div class="label-line">
        <div>
          <a class="mono" href={`/trackers?tracking_number=${tracking_number ?? ''}`}>
            {tracking_number}
          </a>
          <div class="small muted">
            Parcel {parcel.position + 1} of {shipment.parcels.length}, {label_format}
          </div>
        </div>
        <a class="button primary" href={href} target="_blank" rel="noopener">
          {label_format === 'ZPL' ? 'Download for the printer' : 'Open label'}
        </a>
        {shipment.order_id && (
          <LinkButton href={`/orders/${shipment.order_id}/packing-slip`} icon="print">
            Packing slip
          </LinkButton>
        )}
      </div>
    </>
  )
}
