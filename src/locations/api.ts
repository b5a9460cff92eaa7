/** What can be done with locations. */
import { reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { archiveLocation, changeLocation, restoreLocation } from './change.ts'
import { createLocation } from './create.ts'
import { furnishOrganization } from './furnish.ts'
import { getLocation, listLocations, locationTree } from './read.ts'
import {
  Location,
  LocationChange,
  LocationFilter,
  LocationTree,
  NewLocation,
  SiteSet,
} from './schema.ts'

const one = { level: 'organization', params: IdParam('loc'), reply: Location } as const
const change = { ...one, permission: 'locations.write', subject: getLocation } as const

export const locationsList = reading(
  {
    id: 'locations.list',
    route: 'GET /v1/locations',
    level: 'organization',
    permission: 'locations.read',
    summary: 'List locations',
    query: LocationFilter,
    reply: PageOf(Location),
  },
  listLocations,
)

export const locationsGet = reading(
  {
    ...one,
    id: 'locations.get',
    route: 'GET /v1/locations/:id',
    permission: 'locations.read',
    summary: 'Get a location',
  },
  getLocation,
)

export const locationsTree = reading(
  {
    ...one,
    id: 'locations.tree',
    route: 'GET /v1/locations/:id/tree',
    permission: 'locations.read',
    summary: 'Read a location and everything under it, in walking order',
    reply: LocationTree,
  },
  locationTree,
)

export const locationsCreate = writing(
  {
    id: 'locations.create',
    route: 'POST /v1/locations',
    level: 'organization',
    permission: 'locations.write',
    summary: 'Add a site, or a place inside one',
    description: 'A site is made with a dock, a packing bench, quarantine and returns.',
    body: NewLocation,
    reply: Location,
    status: 201,
    problems: ['duplicate_location'],
    example: { body: { type: 'site', code: 'NORTH', name: 'North warehouse' } },
  },
  createLocation,
)

export const locationsFurnish = writing(
  {
    id: 'locations.furnish',
    route: 'POST /v1/locations/defaults',
    level: 'organization',
    permission: 'locations.write',
    summary: 'Make the default site if there is none, and tell its places',
    reply: SiteSet,
  },
  furnishOrganization,
)

export const locationsUpdate = writing(
  {
    ...change,
    id: 'locations.update',
    route: 'PATCH /v1/locations/:id',
    summary: 'Change a location, or put it on hold',
    body: LocationChange,
    match: 'required',
    problems: ['location_archived'],
    example: { body: { on_hold: true } },
  },
  changeLocation,
)

export const locationsArchive = writing(
  {
    ...change,
    id: 'locations.archive',
    route: 'POST /v1/locations/:id/archive',
    summary: 'Take an empty location out of use',
    match: 'optional',
    problems: ['location_in_use', 'location_archived'],
  },
  archiveLocation,
)

export const locationsRestore = writing(
  {
    ...change,
    id: 'locations.restore',
    route: 'POST /v1/locations/:id/restore',
    summary: 'Bring an archived location back',
    match: 'optional',
  },
  restoreLocation,
)

export const api = [
  locationsList,
  locationsGet,
  locationsTree,
  locationsCreate,
  locationsFurnish,
  locationsUpdate,
  locationsArchive,
  locationsRestore,
]
