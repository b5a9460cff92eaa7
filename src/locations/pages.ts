/** Locations on screen: sites and what stands in them. A location with its stock is in `stock/places`. */
import {
  form,
  formState,
  given,
  group,
  page,
  submission,
  type Fields,
  type Visit,
} from '../operations/page.ts'
import { LocationEdit } from '../../views/locations/edit.tsx'
import { LocationForm } from '../../views/locations/new.tsx'
import { LocationsPage } from '../../views/locations/locations.tsx'
import {
  locationsCreate,
  locationsFurnish,
  locationsGet,
  locationsList,
  locationsTree,
  locationsUpdate,
} from './api.ts'
import type { Location, SiteSet } from './schema.ts'

const sitesOf = (visit: Visit): Location[] =>
  visit.ask(locationsList, { type: 'site', archived: false, limit: 100 }).data

const list = page({
  route: 'GET /locations',
  title: 'Locations',
  nav: { group: 'Stock', label: 'Locations', icon: 'pin', permission: 'locations.read' },
  show: (visit) => {
    const filter = visit.problem ? {} : visit.query(locationsList)
    const filtered = Object.keys(filter).length > 0
    return LocationsPage({
      found: filtered ? visit.ask(locationsList, { archived: false, ...filter }) : undefined,
      sites: filtered
        ? []
        : sitesOf(visit).map((site) => ({ site, tree: visit.ask(locationsTree, { id: site.id }) })),
      url: visit.url,
      state: formState(visit),
      may_write: visit.may('locations.write'),
    })
  },
})

/** What other places can stand in. */
const holders = ['site', 'zone', 'aisle']

const create = page({
  route: 'GET /locations/new',
  title: 'New location',
  show: (visit) =>
    LocationForm({
      state: formState(visit),
      parents: sitesOf(visit).flatMap(({ id }) =>
        visit
          .ask(locationsTree, { id })
          .data.filter(({ type }) => holders.includes(type))
          .map((each) => [each.id, `${each.code} · ${each.name} (${each.type})`] as const),
      ),
      given: visit.url.searchParams,
    }),
})

const edit = page({
  route: 'GET /locations/:id/edit',
  title: 'Change location',
  show: (visit) => {
    const location = visit.ask(locationsGet, { id: visit.params.id! })
    const filter = { site_id: location.site_id, archived: false, limit: 100 }
    return LocationEdit({
      location,
      places: location.type === 'site' ? visit.ask(locationsList, filter).data : [],
      state: formState(visit),
    })
  },
})

/** A box that is not ticked is not sent: the form says which boxes it has. */
const flags = (fields: Fields): Record<string, boolean> =>
  Object.fromEntries(fields.getAll('flags').map((name) => [name, fields.has(name)]))

const roles = ['receiving_id', 'packing_id', 'quarantine_id', 'returns_id'] as const

const to =
  (say: string) =>
  ({ id, code }: Location) => ({ to: `/locations/${id}`, say: `${code} ${say}` })

export const pages = {
  pages: [list, create, edit],
  forms: [
    form({
      route: 'POST /locations/defaults',
      submit: submission(
        locationsFurnish,
        () => ({}),
        ({ site }: SiteSet) => ({
          to: '/locations',
          say: `${site.code} is ready: a dock, a bin, a packing bench, quarantine and returns.`,
        }),
      ),
      again: list,
    }),
    form({
      route: 'POST /locations/new',
      submit: submission(
        locationsCreate,
        (fields) => ({
          type: given(fields, 'type') ?? '',
          code: given(fields, 'code') ?? '',
          name: given(fields, 'name'),
          parent_id: given(fields, 'parent_id'),
          address: group(fields, 'address'),
        }),
        to('is ready for goods.'),
      ),
      again: create,
    }),
    form({
      route: 'POST /locations/:id/edit',
      submit: submission(
        locationsUpdate,
        (fields, { id }) => ({
          id,
          name: given(fields, 'name') ?? '',
          ...flags(fields),
          ...(fields.has('is_default') && { is_default: true }),
          ...(fields.has('address.country_code') && { address: group(fields, 'address') ?? null }),
          ...Object.fromEntries(
            roles.flatMap((role) => (given(fields, role) ? [[role, given(fields, role)]] : [])),
          ),
        }),
        to('is changed.'),
      ),
      again: edit,
    }),
  ],
}
