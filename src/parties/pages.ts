/** Suppliers and customers on screen. */
import {
  form,
  formState,
  given,
  group,
  page,
  rows,
  submission,
  type Fields,
  type Visit,
} from '../operations/page.ts'
import { PartiesPage } from '../../views/parties/parties.tsx'
import { PartyForm } from '../../views/parties/party-form.tsx'
import { PartyPage } from '../../views/parties/party.tsx'
import {
  partiesArchive,
  partiesCreate,
  partiesGet,
  partiesList,
  partiesRestore,
  partiesUpdate,
} from './api.ts'
import type { Party, PartyKind } from './schema.ts'

/** The two lists are the same page over the same operation. */
function desk(kind: PartyKind, path: string, title: string, nav_group: string) {
  const list = page({
    route: `GET ${path}` as `GET /${string}`,
    title,
    nav: { group: nav_group, label: title, icon: 'people', permission: 'parties.read' },
    show: (visit) =>
      PartiesPage({
        kind,
        page: visit.ask(partiesList, { archived: false, ...visit.query(partiesList), kind }),
        url: visit.url,
        may_write: visit.may('parties.write'),
      }),
  })
  const create = page({
    route: `GET ${path}/new` as `GET /${string}`,
    title: `New ${kind}`,
    show: (visit) => PartyForm({ kind, state: formState(visit), party: undefined }),
  })
  const submit = form({
    route: `POST ${path}/new` as `POST /${string}`,
    submit: submission(
      partiesCreate,
      (fields) => ({ ...facts(fields), code: given(fields, 'code') }),
      to('is added.'),
    ),
    again: create,
  })
  return { list, create, submit }
}

const partyOf = (visit: Visit): Party => visit.ask(partiesGet, { id: visit.params.id! })

const one = page({
  route: 'GET /parties/:id',
  title: (visit) => partyOf(visit).name,
  show: (visit) =>
    PartyPage({
      party: partyOf(visit),
      state: formState(visit),
      may_write: visit.may('parties.write'),
      may_buy: visit.may('purchasing.read'),
    }),
})

const edit = page({
  route: 'GET /parties/:id/edit',
  title: 'Change',
  show: (visit) => {
    const party = partyOf(visit)
    return PartyForm({ kind: party.kinds[0] ?? 'customer', state: formState(visit), party })
  },
})

/** What the form can say; an emptied field is sent as null, so that it is emptied there too. */
const facts = (fields: Fields) => ({
  name: given(fields, 'name') ?? '',
  kinds: fields.getAll('kinds'),
  email: given(fields, 'email') ?? null,
  phone_number: given(fields, 'phone_number') ?? null,
  currency: given(fields, 'currency')?.toUpperCase() ?? null,
  addresses: addresses(fields),
  contacts: rows(fields, 'contacts'),
  tax_ids: rows(fields, 'tax_ids'),
})

/** An address in which nothing is typed is not one: the form always offers one more. */
function addresses(fields: Fields) {
  const numbers = new Set(
    [...fields.keys()].flatMap((name) => /^addresses\.(\d+)\./.exec(name)?.[1] ?? []),
  )
  return [...numbers].flatMap((number) => {
    const address = group(fields, `addresses.${number}.address`)
    const label = given(fields, `addresses.${number}.label`)
    if (!address && !label) return []
    return [{ label, use: given(fields, `addresses.${number}.use`), address: address ?? {} }]
  })
}

const to =
  (say: string) =>
  ({ id, name }: Party) => ({ to: `/parties/${id}`, say: `${name} ${say}` })

const suppliers = desk('supplier', '/suppliers', 'Suppliers', 'Buying')
const customers = desk('customer', '/customers', 'Customers', 'Selling')

export const pages = {
  pages: [suppliers.list, suppliers.create, customers.list, customers.create, one, edit],
  forms: [
    suppliers.submit,
    customers.submit,
    form({
      route: 'POST /parties/:id/edit',
      submit: submission(
        partiesUpdate,
        (fields, { id }) => ({ id, ...facts(fields) }),
        to('is changed.'),
      ),
      again: edit,
    }),
    form({
      route: 'POST /parties/:id/archive',
      submit: submission(partiesArchive, (_, { id }) => ({ id }), to('is archived.')),
      again: one,
    }),
    form({
      route: 'POST /parties/:id/restore',
      submit: submission(partiesRestore, (_, { id }) => ({ id }), to('is back.')),
      again: one,
    }),
  ],
}
