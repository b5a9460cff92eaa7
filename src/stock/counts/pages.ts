/** Counts on screen: what to count, the large fields for the walk along the shelves, the result. */
import { locationsGet, locationsList, locationsTree } from '../../locations/api.ts'
import {
  form,
  formState,
  given,
  page,
  rows,
  rowsState,
  submission,
  type Visit,
} from '../../operations/page.ts'
import { CountForm } from '../../../views/stock/count-form.tsx'
import { CountRecordPage } from '../../../views/stock/count-record.tsx'
import { CountPage } from '../../../views/stock/count.tsx'
import { CountsPage } from '../../../views/stock/counts.tsx'
import {
  countsCancel,
  countsCreate,
  countsGet,
  countsList,
  countsPost,
  countsRecord,
} from './api.ts'
import type { Count } from './schema.ts'

const countOf = (visit: Visit): Count => visit.ask(countsGet, { id: visit.params.id! })

const siteOf = (visit: Visit) => (id: string) => visit.ask(locationsGet, { id }).code

const list = page({
  route: 'GET /counts',
  title: 'Counts',
  nav: { group: 'Stock', label: 'Counts', icon: 'count', permission: 'stock.read' },
  show: (visit) =>
    CountsPage({
      page: visit.ask(countsList, visit.query(countsList)),
      siteOf: siteOf(visit),
      url: visit.url,
      may_write: visit.may('stock.write'),
    }),
})

const create = page({
  route: 'GET /counts/new',
  title: 'New count',
  show: (visit) => {
    const open = { archived: false, limit: 100 } as const
    const sites = visit.ask(locationsList, { ...open, type: 'site' }).data
    const zones = visit.ask(locationsList, { ...open, type: 'zone' }).data
    const asked = given(visit.fields, 'in') ?? visit.url.searchParams.get('in') ?? undefined
    const home = sites.find(({ is_default }) => is_default) ?? sites[0]
    const chosen = asked ?? home?.id
    return CountForm({
      state: formState(visit),
      areas: [...sites, ...zones].map(({ id, code, name }) => [id, `${code} · ${name}`] as const),
      chosen,
      tree: chosen ? visit.ask(locationsTree, { id: chosen }) : undefined,
    })
  },
})

const one = page({
  route: 'GET /counts/:id',
  title: 'Count',
  show: (visit) => {
    const count = countOf(visit)
    return CountPage({
      count,
      site: siteOf(visit)(count.site_id),
      state: formState(visit),
      may_write: visit.may('stock.write'),
    })
  },
})

/** A field left empty is not counted yet; nothing there is counted as 0. */
const isCounted = (entry: Record<string, string>): boolean => Boolean(entry.quantity || entry.sku)

const record = page({
  route: 'GET /counts/:id/record',
  title: 'Count',
  show: (visit) => {
    const count = countOf(visit)
    const tree = visit.ask(locationsTree, { id: count.site_id }).data
    return CountRecordPage({
      count,
      places: tree
        .filter(({ type }) => !['site', 'zone', 'aisle'].includes(type))
        .map(({ id, code }) => [id, code] as const),
      state: rowsState(visit, 'entries', isCounted),
    })
  },
})

const to =
  (say: string) =>
  ({ id }: Count) => ({ to: `/counts/${id}`, say })

/** As long as something is left to count, the next page is the one to count on. */
function recorded({ id, lines }: Count) {
  const again = lines.filter((line) => line.recount).length
  const left = lines.filter((line) => line.counted_quantity === null).length
  if (again + left === 0) return { to: `/counts/${id}`, say: 'Everything is counted.' }
  const say = [left && `${left} still to count`, again && `${again} to count once more`]
  return { to: `/counts/${id}/record`, say: `Taken down: ${say.filter(Boolean).join(', ')}.` }
}

export const pages = {
  pages: [list, create, one, record],
  forms: [
    form({
      route: 'POST /counts/new',
      submit: submission(
        countsCreate,
        (fields) => ({
          location_ids: fields.getAll('location_ids'),
          blind: fields.has('blind'),
          note: given(fields, 'note'),
        }),
        to('Ready to be counted.'),
      ),
      again: create,
    }),
    form({
      route: 'POST /counts/:id/record',
      submit: submission(
        countsRecord,
        (fields, { id }) => ({ id, entries: rows(fields, 'entries').filter(isCounted) }),
        recorded,
      ),
      again: record,
    }),
    form({
      route: 'POST /counts/:id/post',
      submit: submission(
        countsPost,
        (_, { id }) => ({ id }),
        to('Booked: the ledger holds what was counted.'),
      ),
      again: one,
    }),
    form({
      route: 'POST /counts/:id/cancel',
      submit: submission(countsCancel, (_, { id }) => ({ id }), to('Given up; no stock changed.')),
      again: one,
    }),
  ],
}
