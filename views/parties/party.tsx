/** One supplier or customer: how to reach them, and where. */
import type { Html } from '../../src/kit/html.ts'
import type { Party } from '../../src/parties/schema.ts'
import { ActionButton, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { AddressLines, Id, Text, When } from '../ui/text.tsx'

interface Props {
  party: Party
  state: FormState
  may_write: boolean
  /** Whether purchase orders are open to this visitor. */
  may_buy: boolean
}

const lists = {
  supplier: ['Suppliers', '/suppliers'],
  customer: ['Customers', '/customers'],
} as const

export const PartyPage = ({ party, state, may_write, may_buy }: Props): Html => (
  <>
    <PageHead
      title={
        <>
          {party.name}{' '}
          {party.kinds.map((kind) => [<Status of="none" label={sentence(kind)} />, ' '])}
        </>
      }
      sub={party.code}
      crumbs={party.kinds.map((kind) => lists[kind])}
    >
      {may_write && (
        <ActionButton
          action={`/parties/${party.id}/${party.archived_at ? 'restore' : 'archive'}`}
          state={state}
          version={party.version}
          kind="quiet"
        >
          {party.archived_at ? 'Bring back' : 'Archive'}
        </ActionButton>
      )}
      {may_buy && party.kinds.includes('supplier') && (
        <LinkButton href={`/purchase_orders?supplier_id=${party.id}`} icon="cart">
          Purchase orders
        </LinkButton>
      )}
      {may_write && (
        <LinkButton href={`/parties/${party.id}/edit`} kind="primary">
          Change
        </LinkButton>
      )}
    </PageHead>
    <Wrong state={state} />
    {party.archived_at && (
      <Notice tone="warn">Archived: they stay in their documents and are not offered.</Notice>
    )}
    <div class="columns">
      <Card title="About">
        <About party={party} />
      </Card>
      <Addresses party={party} />
    </div>
    {party.contacts.length > 0 && (
      <Card title="Contacts" flush>
        <Contacts party={party} />
      </Card>
    )}
  </>
)

type Part = Pick<Props, 'party'>

const About = ({ party }: Part): Html => (
  <Facts
    of={[
      ['E-mail', party.email ? <a href={`mailto:${party.email}`}>{party.email}</a> : '—'],
      ['Phone', <Text value={party.phone_number} />],
      ['Currency', <Text value={party.currency} />],
      ...party.tax_ids.map(
        ({ type, number, country_code }) =>
          [type.toUpperCase(), country_code ? `${number} (${country_code})` : number] as const,
      ),
      ['Added', <When at={party.created_at} />],
      ['Id', <Id value={party.id} />],
    ]}
  />
)

const uses: Record<string, string> = {
  shipping: 'Shipping',
  billing: 'Billing',
  both: 'Shipping and billing',
}

const Addresses = ({ party }: Part): Html => (
  <Card title={party.addresses.length === 1 ? 'Address' : 'Addresses'}>
    {party.addresses.length === 0 ? (
      <p class="muted">None yet: add one, and shipments can be addressed to them.</p>
    ) : (
      <div class="stack">
        {party.addresses.map(({ label, use, address }) => (
          <div>
            <h3>{label ?? uses[use ?? 'both']}</h3>
            {label && <p class="small muted">{uses[use ?? 'both']}</p>}
            <AddressLines address={address} />
          </div>
        ))}
      </div>
    )}
  </Card>
)

const Contacts = ({ party }: Part): Html => (
  <Table
    rows={party.contacts}
    columns={[
      { title: 'Name', cell: (contact) => contact.person_name },
      { title: 'Role', cell: (contact) => <Text value={contact.role} /> },
      { title: 'E-mail', cell: (contact) => <Text value={contact.email} /> },
      { title: 'Phone', cell: (contact) => <Text value={contact.phone_number} /> },
    ]}
    empty={<></>}
  />
)
