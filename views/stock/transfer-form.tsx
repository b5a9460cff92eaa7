/** A new transfer: which goods leave which bins, and where they go. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Field, Form, LinkButton, Wrong } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { chosen, type GoodsFormProps } from './goods-fields.tsx'

interface Props extends GoodsFormProps {
  sites: readonly (readonly [id: string, words: string])[]
}

/** Rows offered at once; a longer transfer is sent through the API. */
const row_count = 5

export const TransferForm = (props: Props): Html => (
  <>
    <PageHead
      title="New transfer"
      sub="The goods leave their bins when you send it."
      crumbs={[['Transfers', '/transfers']]}
    />
    <Wrong state={props.state} />
    {props.sites.length < 2 ? (
      <Card>
        <Empty
          icon="pin"
          title="There is only one site"
          action={
            <LinkButton href="/locations/new?type=site" kind="primary">
              Add a second site
            </LinkButton>
          }
        >
          A transfer goes from one site to another. Inside a site, goods are simply moved.
        </Empty>
      </Card>
    ) : (
      <Filled {...props} />
    )}
  </>
)

const Filled = ({ state, sites, places, skus }: Props): Html => (
  <Form action="/transfers/new" state={state}>
    <Card title="Where to">
      <div class="row-of-fields">
        <Field
          name="to_site_id"
          label="To the site"
          state={state}
          required
          choices={chosen('Choose a site', sites)}
        />
        <Field name="expected_on" label="Expected there" state={state} type="date" />
        <Field name="note" label="Note" state={state} />
      </div>
    </Card>
    <Card title="Goods">
      <div class="lines">
        {Array.from({ length: row_count }, (_, index) => (
          <Line index={index} state={state} places={places} skus={skus} />
        ))}
      </div>
    </Card>
    <div class="actions">
      <Button kind="primary" icon="truck">
        Send
      </Button>
      <LinkButton kind="quiet" href="/transfers">
        Cancel
      </LinkButton>
    </div>
  </Form>
)

const Line = ({
  index,
  state,
  places,
  skus,
}: Omit<Props, 'sites' | 'given'> & { index: number }): Html => {
  const required = index === 0
  const name = (key: string) => `lines.${index}.${key}`
  return (
    <div class="line">
      <Field name={name('sku')} label="Item" {...{ state, required }} suggestions={skus} />
      <Field
        name={name('quantity')}
        label="How many"
        {...{ state, required }}
        inputmode="decimal"
      />
      <Field
        name={name('from_location_id')}
        label="From"
        {...{ state, required }}
        choices={chosen('Choose a place', places)}
      />
      <Field name={name('lot_code')} label="Lot" state={state} />
      <Field name={name('serial_code')} label="Serial" state={state} />
    </div>
  )
}
