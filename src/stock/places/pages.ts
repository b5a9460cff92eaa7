/** A location with what lies there, on screen, and the choice of places that forms about goods offer. */
import { itemsList } from '../../catalog/api.ts'
import {
  locationsArchive,
  locationsGet,
  locationsList,
  locationsRestore,
  locationsTree,
  locationsUpdate,
} from '../../locations/api.ts'
import type { Location } from '../../locations/schema.ts'
import { form, formState, page, submission, type Visit } from '../../operations/page.ts'
import { LocationPage } from '../../../views/locations/location.tsx'
import { stockLevels } from '../api.ts'

/** Where goods can lie, site by site in walking order. */
export function placesOf(visit: Visit): (readonly [id: string, words: string])[] {
  const sites = visit.ask(locationsList, { type: 'site', archived: false, limit: 100 }).data
  return sites.flatMap((site) =>
    visit
      .ask(locationsTree, { id: site.id })
      .data.filter(({ type }) => !['site', 'zone', 'aisle'].includes(type))
      .map(({ id, code, name }) => {
        const words = name === code ? code : `${code} · ${name}`
        return [id, sites.length > 1 ? `${words} (${site.code})` : words] as const
      }),
  )
}

/** What forms about goods offer, and what the link that led here has filled in. */
export const goodsForm = (visit: Visit) => ({
  state: formState(visit),
  places: placesOf(visit),
  skus: visit
    .ask(itemsList, { archived: false, sort: 'sku', limit: 100 })
    .data.map(({ sku }) => sku),
  given: visit.url.searchParams,
})

/** It shows stock, so it stands here, above the room of locations. */
const one = page({
  route: 'GET /locations/:id',
  title: (visit) => visit.ask(locationsGet, { id: visit.params.id! }).code,
  show: (visit) => {
    const location = visit.ask(locationsGet, { id: visit.params.id! })
    const codeOf = (id: string) => visit.ask(locationsGet, { id }).code
    const filter = { parent_id: location.id, archived: false, limit: 100 }
    return LocationPage({
      location,
      way: wayTo(visit, location),
      codeOf,
      inside: visit.ask(locationsList, filter),
      levels: visit.may('stock.read')
        ? visit.ask(stockLevels, { location_id: location.id, limit: 100 })
        : undefined,
      state: formState(visit),
      may_write: visit.may('locations.write'),
      may_move: visit.may('stock.write'),
    })
  },
})

/** What it stands in, from the site down. */
function wayTo(visit: Visit, { parent_id }: Location): Location[] {
  if (!parent_id) return []
  const parent = visit.ask(locationsGet, { id: parent_id })
  return [...wayTo(visit, parent), parent]
}

const to =
  (say: string) =>
  ({ id, code }: Location) => ({ to: `/locations/${id}`, say: `${code} ${say}` })

const hold = (name: string, on_hold: boolean, say: string) =>
  form({
    route: `POST /locations/:id/${name}`,
    submit: submission(locationsUpdate, (_, { id }) => ({ id, on_hold }), to(say)),
    again: one,
  })

export const pages = {
  pages: [one],
  forms: [
    hold('hold', true, 'is on hold: nothing is promised from here.'),
    hold('release', false, 'is open again.'),
    form({
      route: 'POST /locations/:id/archive',
      submit: submission(locationsArchive, (_, { id }) => ({ id }), to('is archived.')),
      again: one,
    }),
    form({
      route: 'POST /locations/:id/restore',
      submit: submission(locationsRestore, (_, { id }) => ({ id }), to('is back in use.')),
      again: one,
    }),
  ],
}
