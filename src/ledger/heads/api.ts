/** The signed heads, for the operator and for whoever checks them elsewhere. */
import { Type } from '@sinclair/typebox'
import { reading } from '../../operations/operation.ts'
import { Id, ListQuery, PageOf } from '../../operations/shapes.ts'
import { SignedHead, toSignedHead } from './keep.ts'
import { listHeadRows } from './store.ts'

export const ledgerHeadsList = reading(
  {
    id: 'ledger_heads.list',
    route: 'GET /v1/platform/tenants/:id/ledger_heads',
    level: 'platform',
    permission: 'tenants.read',
    summary: 'List the signed heads of a tenant’s ledger, latest first',
    params: Type.Object({ id: Id('ten') }),
    query: ListQuery({}, ['seq']),
    reply: PageOf(SignedHead),
  },
  (read, { id: tenant_id, ...request }) => {
    const { rows, ...page } = listHeadRows(read, { ...request, tenant_id })
    return { data: rows.map(toSignedHead), ...page }
  },
)

export const api = [ledgerHeadsList]
