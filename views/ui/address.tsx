/** The fields of an address, named as everywhere: `address.city`, `addresses.0.address.city`. */
import type { Html } from '../../src/kit/html.ts'
import type { Address } from '../../src/carriers/address.ts'
import { Field, type FormState } from './form.tsx'

interface Props {
  /** What the fields begin with. */
  name: string
  state: FormState
  address?: Address | null | undefined
}

export const AddressFields = ({ name, state, address }: Props): Html => {
  const field = (key: keyof Address, label: string, more: object = {}) => (
    <Field
      name={`${name}.${key}`}
      label={label}
      state={state}
      value={address?.[key] === undefined ? '' : String(address[key])}
      {...more}
    />
  )
  return (
    <div class="stack">
      <div class="row-of-fields">
        {field('company_name', 'Company')}
        {field('person_name', 'Person')}
        {field('phone_number', 'Phone', { type: 'tel' })}
      </div>
      <div class="row-of-fields">
        {field('address_line1', 'Street and number')}
        {field('address_line2', 'More of it')}
      </div>
      <div class="row-of-fields">
        {field('postal_code', 'Postal code')}
        {field('city', 'City')}
        {field('state_code', 'State')}
        {field('country_code', 'Country', { placeholder: 'PT', hint: 'Two letters: PT, US, DE' })}
      </div>
    </div>
  )
}
