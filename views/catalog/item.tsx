/** One item: what is known about it. */
import type { Html } from '../../src/kit/html.ts'
import type { Item } from '../../src/catalog/schema.ts'
import { ActionButton, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { Id, Money, Text, When } from '../ui/text.tsx'

interface Props {
  item: Item
  state: FormState
  may_write: boolean
}

export const ItemPage = ({ item, state, may_write }: Props): Html => (
  <>
    <PageHead title={item.name} sub={item.sku} crumbs={[['Items', '/items']]}>
      <LinkButton href={`/stock/items/${item.id}`} icon="layers">
        Stock and ledger
      </LinkButton>
      {may_write && (
        <>
          <LinkButton href={`/items/${item.id}/edit`}>Change</LinkButton>
          <ActionButton
            action={`/items/${item.id}/${item.archived_at ? 'restore' : 'archive'}`}
            state={state}
            version={item.version}
            kind="quiet"
          >
            {item.archived_at ? 'Bring back' : 'Archive'}
          </ActionButton>
        </>
      )}
    </PageHead>
    <Wrong state={state} />
    {item.archived_at && (
      <Notice tone="warn">Archived: it keeps its stock and its history and is not offered.</Notice>
    )}
    <div class="columns">
      <Card title="About">
        <Facts
          of={[
            ['Sku', <span class="mono">{item.sku}</span>],
            ['Barcode', <Text value={item.barcode} />],
            ['Description', <Text value={item.description} />],
            ['Counted in', `${item.base_unit}${item.scale ? `, ${item.scale} decimals` : ''}`],
            ['Tracked by', item.tracking],
            ['Reorder point', <Text value={item.reorder_point} />],
          ]}
        />
      </Card>
      <Card title="Shipping and customs">
        <Facts
          of={[
            ['Value', <Money value={item.value} />],
            ['Weight', item.weight_g === null ? <Text value={null} /> : `${item.weight_g} g`],
            ['Size', <Size item={item} />],
            ['HS code', <Text value={item.hs_code} />],
            ['Made in', <Text value={item.country_of_origin} />],
          ]}
        />
      </Card>
      <Card title="Record">
        <Facts
          of={[
            ['Id', <Id value={item.id} />],
            ['Version', item.version],
            ['Added', <When at={item.created_at} />],
            ['Changed', <When at={item.updated_at} />],
          ]}
        />
      </Card>
    </div>
  </>
)

const Size = ({ item }: { item: Item }): Html => {
  const { length_mm, width_mm, height_mm } = item
  if (length_mm === null || width_mm === null || height_mm === null) return <Text value={null} />
  return (
    <>
      {length_mm} × {width_mm} × {height_mm} mm
    </>
  )
}
