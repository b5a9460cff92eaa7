/** The form of a supplier or customer: to add them, and to change them. */
import type { Html } from '../../src/kit/html.ts'
import type { Party, PartyKind } from '../../src/parties/schema.ts'
import { AddressFields } from '../ui/address.tsx'
import { Button, Check, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, PageHead } from '../ui/layout.tsx'

interface Props {
  kind: PartyKind
  state: FormState
  /** Undefined for a new one. */
  party: Party | undefined
}

type Part = Pick<Props, 'state' | 'party'>

/** What there is, and one more to fill in. */
const withOneMore = <T,>(list: readonly T[] | undefined, most: number): (T | undefined)[] =>
  [...(list ?? []), undefined].slice(0, most)

export const PartyForm = ({ kind, state, party }: Props): Html => {
  const list = kind === 'supplier' ? 'Suppliers' : 'Customers'
  const crumbs = [
    [list, `/${kind}s`] as const,
    ...(party ? [[party.name, `/parties/${party.id}`] as const] : []),
  ]
  const back = party ? `/parties/${party.id}` : `/${kind}s`
  return (
    <>
      <PageHead title={party ? `Change ${party.name}` : `New ${kind}`} crumbs={crumbs} />
      <Wrong state={state} />
      <Form
        action={party ? `/parties/${party.id}/edit` : `/${kind}s/new`}
        state={state}
        {...(party && { version: party.version })}
      >
        <Card title="Who">
          <Who kind={kind} state={state} party={party} />
        </Card>
        {withOneMore(party?.addresses, 20).map((entry, index) => (
          <Card title={index === 0 ? 'Address' : 'Another address'}>
            <AddressEntry index={index} entry={entry} state={state} />
          </Card>
        ))}
        <Card title="Contacts">
          <Contacts state={state} party={party} />
        </Card>
        <Card title="Tax numbers">
          <TaxNumbers state={state} party={party} />
        </Card>
        <div class="actions">
          <Button kind="primary">{party ? 'Save' : `Add ${kind}`}</Button>
          <LinkButton kind="quiet" href={back}>
            Cancel
          </LinkButton>
        </div>
      </Form>
    </>
  )
}

const Who = ({ kind, state, party }: Props): Html => {
  const is = (other: PartyKind) => (party ? party.kinds.includes(other) : kind === other)
  return (
    <div class="stack">
      <div class="row-of-fields">
        <Field name="name" label="Name" state={state} required autofocus value={party?.name} />
        {!party && (
          <Field
            name="code"
            label="Code"
            state={state}
            placeholder="KILN"
            hint="Yours; one is made when left out."
          />
        )}
        <Field
          name="currency"
          label="Currency"
          state={state}
          value={party?.currency}
          placeholder="EUR"
        />
      </div>
      <div class="row-of-fields">
        <Field name="email" label="E-mail" type="email" state={state} value={party?.email} />
        <Field
          name="phone_number"
          label="Phone"
          type="tel"
          state={state}
          value={party?.phone_number}
        />
      </div>
      <div class="actions">
        <Check
          name="kinds"
          value="supplier"
          label="We buy from them"
          state={state}
          checked={is('supplier')}
        />
        <Check
          name="kinds"
          value="customer"
          label="We sell to them"
          state={state}
          checked={is('customer')}
        />
      </div>
    </div>
  )
}

const uses = [
  ['both', 'Shipping and billing'],
  ['shipping', 'Shipping'],
  ['billing', 'Billing'],
] as const

const AddressEntry = ({
  index,
  entry,
  state,
}: {
  index: number
  entry: Party['addresses'][number] | undefined
  state: FormState
}): Html => {
  const name = `addresses.${index}`
  return (
    <div class="stack">
      <div class="row-of-fields">
        <Field
          name={`${name}.label`}
          label="What it is"
          state={state}
          value={entry?.label}
          placeholder="Head office, shop 3 …"
        />
        <Field
          name={`${name}.use`}
          label="Used for"
          state={state}
          required
          value={entry?.use ?? 'both'}
          choices={uses}
        />
      </div>
      <AddressFields name={`${name}.address`} state={state} address={entry?.address} />
    </div>
  )
}

const Contacts = ({ state, party }: Part): Html => (
  <div class="lines">
    {withOneMore(party?.contacts, 50).map((contact, index) => {
      const name = (key: string) => `contacts.${index}.${key}`
      return (
        <div class="line">
          <Field
            name={name('person_name')}
            label="Name"
            state={state}
            value={contact?.person_name}
          />
          <Field name={name('role')} label="Role" state={state} value={contact?.role} />
          <Field name={name('email')} label="E-mail" state={state} value={contact?.email} />
          <Field
            name={name('phone_number')}
            label="Phone"
            state={state}
            value={contact?.phone_number}
          />
        </div>
      )
    })}
  </div>
)

const TaxNumbers = ({ state, party }: Part): Html => (
  <div class="lines">
    {withOneMore(party?.tax_ids, 10).map((tax_id, index) => {
      const name = (key: string) => `tax_ids.${index}.${key}`
      return (
        <div class="line">
          <Field name={name('number')} label="Number" state={state} value={tax_id?.number} />
          <Field
            name={name('type')}
            label="Kind"
            state={state}
            value={tax_id?.type}
            placeholder="vat, eori, ein …"
          />
          <Field
            name={name('country_code')}
            label="Country"
            state={state}
            value={tax_id?.country_code}
          />
        </div>
      )
    })}
  </div>
)
