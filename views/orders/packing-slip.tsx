/** The packing slip: a page for each parcel, to print and put inside. */
import type { Html } from '../../src/kit/html.ts'
import type { Fulfilment, Parcel } from '../../src/orders/fulfilment-schema.ts'
import { Document, type Assets } from '../layout/document.tsx'
import { LinkButton } from '../ui/form.tsx'
import { Icon } from '../ui/icon.tsx'
import { AddressLines, Weight, When } from '../ui/text.tsx'

interface Props {
  fulfilment: Fulfilment
  /** Those to print. */
  parcels: Parcel[]
  business: string
  assets: Assets
}

export const PackingSlips = ({ fulfilment, parcels, business, assets }: Props): Html => {
  const { order } = fulfilment
  return (
    <Document title={`Packing slip ${order.number}`} assets={assets}>
      <main class="paper">
        <div class="actions">
          <LinkButton href={`/orders/${order.id}/pack`} icon="back">
            Back to {order.number}
          </LinkButton>
          <button class="button primary" type="button" data-print>
            <Icon name="print" />
            Print
          </button>
        </div>
        {parcels.length === 0 && <p class="sheet">There is no such parcel in {order.number}.</p>}
        {parcels.map((parcel) => (
          <Slip fulfilment={fulfilment} parcel={parcel} business={business} />
        ))}
      </main>
    </Document>
  )
}

const Slip = ({
  fulfilment,
  parcel,
  business,
}: Pick<Props, 'fulfilment' | 'business'> & { parcel: Parcel }): Html => {
  const { order, parcels } = fulfilment
  return (
    <article class="sheet">
      <header>
        <div>
          <strong>{business}</strong>
          <h1>Packing slip</h1>
        </div>
        <dl>
          <dt>Order</dt>
          <dd>{order.number}</dd>
          {order.external_reference && (
            <>
              <dt>Your number</dt>
              <dd>{order.external_reference}</dd>
            </>
          )}
          <dt>Parcel</dt>
          <dd>
            {parcel.number} of {parcels.length}
          </dd>
          <dt>Packed</dt>
          <dd>
            <When at={parcel.packed_at} date_only />
          </dd>
          <dt>Weight</dt>
          <dd>
            <Weight g={parcel.weight_g} />
          </dd>
        </dl>
      </header>
      <section>
        <h2>Ship to</h2>
        <AddressLines address={order.ship_to} />
      </section>
      <SlipLines parcel={parcel} />
      {order.note && <p>{order.note}</p>}
    </article>
  )
}

const SlipLines = ({ parcel }: { parcel: Parcel }): Html => (
  <table>
    <thead>
      <tr>
        <th>Sku</th>
        <th>Name</th>
        <th>Lot or serial</th>
        <th class="end">Quantity</th>
      </tr>
    </thead>
    <tbody>
      {parcel.contents.map(({ sku, name, lot_code, serial_code, quantity }) => (
        <tr>
          <td class="mono">{sku}</td>
          <td>{name}</td>
          <td>{lot_code ?? serial_code ?? ''}</td>
          <td class="end">{quantity}</td>
        </tr>
      ))}
    </tbody>
  </table>
)
