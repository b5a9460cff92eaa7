/** Erases a business, and shows the certificates of it. */
import { Type } from '@sinclair/typebox'
import { calling, reading } from '../../operations/operation.ts'
import { Id, IdParam, PageOf } from '../../operations/shapes.ts'
import { eraseTenant } from './erase.ts'
import { getErasure, listErasures } from './read.ts'
import { Erasure, ErasureFilter, ErasureWish } from './schema.ts'

export const tenantsErase = calling(
  {
    id: 'tenants.erase',
    route: 'POST /v1/platform/tenants/:id/erase',
    level: 'platform',
    permission: 'tenants.erase',
    summary: 'Remove a business and everything of it from every place, with a signed certificate',
    description:
      'Takes its sandboxes and branches with it. Repeating it goes on with an erasure that was ' +
      'interrupted. The reason is kept: name nobody in it.',
    params: Type.Object({ id: Id('ten') }),
    body: ErasureWish,
    reply: Erasure,
    step_up: true,
    problems: ['conflict', 'unavailable'],
    example: { body: { confirm_slug: 'harbour', reason: 'Asked for by the business.' } },
  },
  eraseTenant,
)

export const erasuresList = reading(
  {
    id: 'erasures.list',
    route: 'GET /v1/platform/erasures',
    level: 'platform',
    permission: 'tenants.read',
    summary: 'List the businesses that were erased, and the certificates of it',
    query: ErasureFilter,
    reply: PageOf(Erasure),
  },
  listErasures,
)

export const erasuresGet = reading(
  {
    id: 'erasures.get',
    route: 'GET /v1/platform/erasures/:id',
    level: 'platform',
    permission: 'tenants.read',
    summary: 'Get the certificate of an erasure: the signed text and its signature',
    params: IdParam('era'),
    reply: Erasure,
  },
  getErasure,
)

export const api = [tenantsErase, erasuresList, erasuresGet]
