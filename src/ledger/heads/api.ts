/** The signed heads, for the operator and for whoever checks them elsewhere. */
import { Type } from '@sinclair/typebox'
import { calling, reading } from '../../operations/operation.ts'
import { Id, ListQuery, PageOf } from '../../operations/shapes.ts'
import { SignedHead, toSignedHead } from './keep.ts'
import { publicKeyOf } from './statement.ts'
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

export const ledgerKeyGet = calling(
  {
    id: 'ledger_heads.key',
    route: 'GET /v1/platform/ledger_key',
    level: 'platform',
    permission: 'tenants.read',
    summary: 'Get the public key that signed heads are checked with',
    reply: Type.Object({ public_key: Type.String({ description: 'Ed25519, PEM' }) }),
  },
  ({ services }) => Promise.resolve({ public_key: publicKeyOf(services.master_key) }),
)

export const api = [ledgerHeadsList, ledgerKeyGet]
