/** What can be done with items. */
import { reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { archiveItem, changeItem, restoreItem } from './change.ts'
import { createItem } from './create.ts'
import { lotsApi } from './lots/api.ts'
import { getItem, listItems } from './read.ts'
import { Item, ItemChange, ItemFilter, NewItem } from './schema.ts'

const one = { level: 'organization', params: IdParam('itm'), reply: Item } as const

export const itemsList = reading(
  {
    id: 'items.list',
    route: 'GET /v1/items',
    level: 'organization',
    permission: 'items.read',
    summary: 'List items',
    query: ItemFilter,
    reply: PageOf(Item),
  },
  listItems,
)

export const itemsGet = reading(
  {
    ...one,
    id: 'items.get',
    route: 'GET /v1/items/:id',
    permission: 'items.read',
    summary: 'Get an item',
  },
  getItem,
)

export const itemsCreate = writing(
  {
    id: 'items.create',
    route: 'POST /v1/items',
    level: 'organization',
    permission: 'items.write',
    summary: 'Add an item to the catalogue',
    body: NewItem,
    reply: Item,
    status: 201,
    problems: ['duplicate_sku', 'duplicate_barcode'],
    example: { body: { sku: 'MUG-BLUE', name: 'Blue mug', weight_g: 350 } },
  },
  createItem,
)

export const itemsUpdate = writing(
  {
    ...one,
    id: 'items.update',
    route: 'PATCH /v1/items/:id',
    permission: 'items.write',
    summary: 'Change an item',
    body: ItemChange,
    subject: getItem,
    match: 'required',
    problems: ['duplicate_barcode'],
    example: { body: { name: 'Blue mug, 300 ml' } },
  },
  changeItem,
)

export const itemsArchive = writing(
  {
    ...one,
    id: 'items.archive',
    route: 'POST /v1/items/:id/archive',
    permission: 'items.write',
    summary: 'Archive an item: it keeps its history and is no longer offered',
    subject: getItem,
    match: 'optional',
  },
  archiveItem,
)

export const itemsRestore = writing(
  {
    ...one,
    id: 'items.restore',
    route: 'POST /v1/items/:id/restore',
    permission: 'items.write',
    summary: 'Bring an archived item back',
    subject: getItem,
    match: 'optional',
  },
  restoreItem,
)

export const api = [
  itemsList,
  itemsGet,
  itemsCreate,
  itemsUpdate,
  itemsArchive,
  itemsRestore,
  ...lotsApi,
]
