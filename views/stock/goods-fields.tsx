/** The fields that name goods in a form of one line. */
import type { Html } from '../../src/kit/html.ts'
import { Field, type FormState } from '../ui/form.tsx'

export interface GoodsFormProps {
  state: FormState
  /** Where goods can lie: id and words. */
  places: readonly (readonly [id: string, words: string])[]
  skus: readonly string[]
  /** What the link that led here has filled in. */
  given: URLSearchParams
}

export const GoodsFields = ({ state, skus, given }: Omit<GoodsFormProps, 'places'>): Html => (
  <div class="row-of-fields">
    <Field
      name="lines.0.sku"
      label="Item"
      state={state}
      required
      autofocus={!given.has('sku')}
      autocomplete="off"
      value={given.get('sku')}
      suggestions={skus}
      hint="Its sku or barcode: type it, or scan it."
    />
    <Field
      name="lines.0.lot_code"
      label="Lot"
      state={state}
      value={given.get('lot_code')}
      hint="For items tracked by lot."
    />
    <Field
      name="lines.0.serial_code"
      label="Serial number"
      state={state}
      value={given.get('serial_code')}
      hint="For items tracked by serial."
    />
  </div>
)

/** A choice that nobody has made yet is empty, so that the first place is not taken by accident. */
export const chosen = (
  words: string,
  places: GoodsFormProps['places'],
): readonly (readonly [string, string])[] => [['', words], ...places]
