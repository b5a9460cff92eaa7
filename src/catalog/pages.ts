/** The catalogue on screen. */
import { form, formState, given, page, submission, type Fields } from '../operations/page.ts'
import { ItemForm } from '../../views/catalog/item-form.tsx'
import { ItemPage } from '../../views/catalog/item.tsx'
import { ItemsPage } from '../../views/catalog/items.tsx'
import { itemsArchive, itemsCreate, itemsGet, itemsList, itemsRestore, itemsUpdate } from './api.ts'
import type { Item } from './schema.ts'

const list = page({
  route: 'GET /items',
  title: 'Items',
  nav: { group: 'Stock', label: 'Items', icon: 'box', permission: 'items.read' },
  show: (visit) => {
    const filter = { archived: false, ...visit.query(itemsList) }
    const found = visit.ask(itemsList, filter)
    return ItemsPage({ page: found, url: visit.url, may_write: visit.may('items.write') })
  },
})

const create = page({
  route: 'GET /items/new',
  title: 'New item',
  show: (visit) => ItemForm({ state: formState(visit) }),
})

const one = page({
  route: 'GET /items/:id',
  title: (visit) => visit.ask(itemsGet, { id: visit.params.id! }).name,
  show: (visit) =>
    ItemPage({
      item: visit.ask(itemsGet, { id: visit.params.id! }),
      state: formState(visit),
      may_write: visit.may('items.write'),
    }),
})

const edit = page({
  route: 'GET /items/:id/edit',
  title: 'Change item',
  show: (visit) =>
    ItemForm({ state: formState(visit), item: visit.ask(itemsGet, { id: visit.params.id! }) }),
})

/** What the form can say; an emptied field is sent as null, so that it is emptied there too. */
function facts(fields: Fields): Record<string, unknown> {
  const price = given(fields, 'value.amount')
  const text = (name: string) => given(fields, name) ?? null
  return {
    name: given(fields, 'name') ?? '',
    description: given(fields, 'description') ?? '',
    barcode: text('barcode'),
    hs_code: text('hs_code'),
    country_of_origin: text('country_of_origin'),
    value: price ? { amount: price, currency: given(fields, 'value.currency') ?? 'USD' } : null,
    weight_g: text('weight_g'),
    length_mm: text('length_mm'),
    width_mm: text('width_mm'),
    height_mm: text('height_mm'),
    reorder_point: text('reorder_point'),
  }
}

const toItem = (say: string) => (item: Item) => ({ to: `/items/${item.id}`, say })

export const pages = {
  pages: [list, create, one, edit],
  forms: [
    form({
      route: 'POST /items/new',
      submit: submission(
        itemsCreate,
        (fields) => ({
          ...facts(fields),
          sku: given(fields, 'sku') ?? '',
          base_unit: given(fields, 'base_unit'),
          scale: given(fields, 'scale'),
          tracking: given(fields, 'tracking'),
        }),
        (item) => ({ to: `/items/${item.id}`, say: `${item.sku} is in the catalogue.` }),
      ),
      again: create,
    }),
    form({
      route: 'POST /items/:id/edit',
      submit: submission(
        itemsUpdate,
        (fields, { id }) => ({ id, ...facts(fields) }),
        toItem('Saved.'),
      ),
      again: edit,
    }),
    form({
      route: 'POST /items/:id/archive',
      submit: submission(itemsArchive, (_, { id }) => ({ id }), toItem('Archived.')),
      again: one,
    }),
    form({
      route: 'POST /items/:id/restore',
      submit: submission(itemsRestore, (_, { id }) => ({ id }), toItem('Back in the catalogue.')),
      again: one,
    }),
  ],
}
