/** What can be asked about the business as a whole. */
import { reading } from '../operations/operation.ts'
import { findCode } from './find.ts'
import { api as founding } from './founding/api.ts'
import { getHome } from './get.ts'
import { Find, FindQuery, Home } from './schema.ts'
import { api as setUp } from './set-up/api.ts'
import { api as signUp } from './sign-up/api.ts'

const looking = { level: 'organization', permission: 'home.read' } as const

export const homeGet = reading(
  {
    ...looking,
    id: 'home.get',
    route: 'GET /v1/home',
    summary: 'Show the picture of the day, from the dock to the door',
    reply: Home,
  },
  getHome,
)

export const homeFind = reading(
  {
    ...looking,
    id: 'home.find',
    route: 'GET /v1/find',
    summary: 'Find what carries a code: a sku, barcode, number, tracking number, name or id',
    query: FindQuery,
    reply: Find,
  },
  findCode,
)

export const api = [homeGet, homeFind, ...founding, ...setUp, ...signUp]
