/** The form of an item: to add it, and to change it. */
import type { Html } from '../../src/kit/html.ts'
import type { Item } from '../../src/catalog/schema.ts'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, PageHead } from '../ui/layout.tsx'

const trackings = [
  ['none', 'Not tracked'],
  ['lot', 'By lot: batches with a code and an expiry'],
  ['serial', 'By serial: every unit has its own number'],
] as const

export const ItemForm = ({ state, item }: { state: FormState; item?: Item }): Html => (
  <>
    <PageHead
      title={item ? `Change ${item.sku}` : 'New item'}
      crumbs={
        item
          ? [
              ['Items', '/items'],
              [item.sku, `/items/${item.id}`],
            ]
          : [['Items', '/items']]
      }
    />
    <Wrong state={state} />
    <Form
      action={item ? `/items/${item.id}/edit` : '/items/new'}
      state={state}
      {...(item && { version: item.version })}
    >
      <Card title="What it is">
        <div class="stack">
          <div class="row-of-fields">
            {!item && <Field name="sku" label="Sku" state={state} required autofocus />}
            <Field name="name" label="Name" state={state} required value={item?.name} />
            <Field name="barcode" label="Barcode" state={state} value={item?.barcode} />
          </div>
          <Field
            name="description"
            label="Description"
            state={state}
            rows={3}
            value={item?.description}
          />
          {!item && <Counting state={state} />}
          <Field
            name="reorder_point"
            label="Reorder point"
            state={state}
            inputmode="decimal"
            value={item?.reorder_point}
            hint="Below this the item is shown as running low."
          />
        </div>
      </Card>
      <Card title="Shipping and customs">
        <Parcel state={state} item={item} />
      </Card>
      <div class="actions">
        <Button kind="primary">{item ? 'Save' : 'Add item'}</Button>
        <LinkButton kind="quiet" href={item ? `/items/${item.id}` : '/items'}>
          Cancel
        </LinkButton>
      </div>
    </Form>
  </>
)

/** Fixed once stock has moved, so only asked for a new item. */
const Counting = ({ state }: { state: FormState }): Html => (
  <div class="row-of-fields">
    <Field name="base_unit" label="Counted in" state={state} value="each" required />
    <Field
      name="scale"
      label="Decimals"
      state={state}
      inputmode="numeric"
      value="0"
      hint="0 for pieces, 3 for kilograms by the gram"
    />
    <Field name="tracking" label="Tracked" state={state} choices={trackings} required />
  </div>
)

const Parcel = ({ state, item }: { state: FormState; item: Item | undefined }): Html => (
  <div class="stack">
    <div class="row-of-fields">
      <Field
        name="weight_g"
        label="Weight, g"
        state={state}
        inputmode="numeric"
        value={item?.weight_g}
      />
      <Field
        name="length_mm"
        label="Length, mm"
        state={state}
        inputmode="numeric"
        value={item?.length_mm}
      />
      <Field
        name="width_mm"
        label="Width, mm"
        state={state}
        inputmode="numeric"
        value={item?.width_mm}
      />
      <Field
        name="height_mm"
        label="Height, mm"
        state={state}
        inputmode="numeric"
        value={item?.height_mm}
      />
    </div>
    <div class="row-of-fields">
      <Field
        name="value.amount"
        label="Value, minor units"
        state={state}
        inputmode="numeric"
        value={item?.value?.amount}
        hint="1299 is 12.99"
      />
      <Field name="value.currency" label="Currency" state={state} value={item?.value?.currency} />
      <Field name="hs_code" label="HS code" state={state} value={item?.hs_code} />
      <Field
        name="country_of_origin"
        label="Made in (country)"
        state={state}
        value={item?.country_of_origin}
        placeholder="PT"
      />
    </div>
  </div>
)
