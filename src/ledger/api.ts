/** What can be asked of the ledger itself. What moves goods is in the rooms above. */
import { calling, reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { keepProof } from './proof/keep.ts'
import { proveWhole } from './proof/prove-whole.ts'
import { backdatingDays, changeBackdatingDays } from './reasons.ts'
import {
  accountById,
  accountsPage,
  ledgerState,
  periodById,
  periodClosed,
  periodsPage,
  postingsPage,
  reasonAdded,
  reasonByCode,
  reasonChanged,
  reasonsPage,
} from './replies.ts'
import {
  AccountQuery,
  AccountShape,
  DatingPolicy,
  DatingPolicyChange,
  LedgerState,
  NewReason,
  PeriodClose,
  PeriodQuery,
  PeriodShape,
  PostingQuery,
  PostingSummary,
  ProofShape,
  ReasonChange,
  ReasonParam,
  ReasonQuery,
  ReasonShape,
} from './shapes.ts'

const looking = { level: 'organization', permission: 'ledger.read' } as const
const ruling = { level: 'organization', permission: 'ledger.write' } as const

export const ledgerProve = calling(
  {
    id: 'ledger.prove',
    route: 'GET /v1/ledger/proof',
    level: 'tenant',
    permission: 'ledger.read',
    summary: 'Prove the whole ledger now',
    description:
      'Follows the hash chain from the first posting and replays every movement: levels, sums that ' +
      'must be zero, reservations, closed periods. It reads one moment while others go on writing, ' +
      'and tells what differs. Nothing is repaired.',
    reply: ProofShape,
  },
  async ({ data, tenant_id, write }) => {
    const report = await proveWhole(data.tenants.open(tenant_id))
    await write((tx) => {
      keepProof(tx, report)
    })
    return report
  },
)

export const ledgerGet = reading(
  {
    id: 'ledger.get',
    route: 'GET /v1/ledger',
    level: 'tenant',
    permission: 'ledger.read',
    summary: 'Get the head of the chain and what was proven',
    reply: LedgerState,
  },
  ledgerState,
)

export const postingsList = reading(
  {
    ...looking,
    id: 'postings.list',
    route: 'GET /v1/postings',
    summary: 'List postings, latest first',
    query: PostingQuery,
    reply: PageOf(PostingSummary),
  },
  postingsPage,
)

export const accountsList = reading(
  {
    ...looking,
    id: 'stock_accounts.list',
    route: 'GET /v1/stock/accounts',
    summary: 'List the accounts between which goods move',
    query: AccountQuery,
    reply: PageOf(AccountShape),
  },
  accountsPage,
)

export const accountsGet = reading(
  {
    ...looking,
    id: 'stock_accounts.get',
    route: 'GET /v1/stock/accounts/:id',
    summary: 'Get an account',
    params: IdParam('acc'),
    reply: AccountShape,
  },
  accountById,
)

export const reasonsList = reading(
  {
    ...looking,
    id: 'stock_reasons.list',
    route: 'GET /v1/stock/reasons',
    summary: 'List why goods move',
    query: ReasonQuery,
    reply: PageOf(ReasonShape),
  },
  reasonsPage,
)

export const reasonsGet = reading(
  {
    ...looking,
    id: 'stock_reasons.get',
    route: 'GET /v1/stock/reasons/:code',
    summary: 'Get a reason',
    params: ReasonParam,
    reply: ReasonShape,
  },
  reasonByCode,
)

export const reasonsCreate = writing(
  {
    id: 'stock_reasons.create',
    route: 'POST /v1/stock/reasons',
    level: 'tenant',
    permission: 'ledger.write',
    summary: 'Add a reason, for every organization of the business',
    body: NewReason,
    reply: ReasonShape,
    status: 201,
    problems: ['conflict'],
    example: { body: { code: 'tasting', name: 'Tasting', counterpart_kind: 'adjustment' } },
  },
  reasonAdded,
)

export const reasonsUpdate = writing(
  {
    id: 'stock_reasons.update',
    route: 'PATCH /v1/stock/reasons/:code',
    level: 'tenant',
    permission: 'ledger.write',
    summary: 'Rename a reason, or take it out of use',
    params: ReasonParam,
    body: ReasonChange,
    reply: ReasonShape,
    subject: reasonByCode,
    problems: ['conflict'],
    example: { body: { archived: true } },
  },
  reasonChanged,
)

export const periodsList = reading(
  {
    ...looking,
    id: 'stock_periods.list',
    route: 'GET /v1/stock/periods',
    summary: 'List closed periods, latest first',
    query: PeriodQuery,
    reply: PageOf(PeriodShape),
  },
  periodsPage,
)

export const periodsGet = reading(
  {
    ...looking,
    id: 'stock_periods.get',
    route: 'GET /v1/stock/periods/:id',
    summary: 'Get a closed period',
    params: IdParam('per'),
    reply: PeriodShape,
  },
  periodById,
)

export const periodsClose = writing(
  {
    ...ruling,
    id: 'stock_periods.close',
    route: 'POST /v1/stock/periods',
    summary: 'Close the books until a time: nothing is dated before it any more',
    body: PeriodClose,
    reply: PeriodShape,
    status: 201,
    idempotency: 'required',
    problems: ['period_closed'],
    example: { body: { until: '2026-10-31T23:59:59.999Z' } },
  },
  periodClosed,
)

export const datingGet = reading(
  {
    ...looking,
    id: 'stock_dating.get',
    route: 'GET /v1/stock/dating',
    summary: 'Get how far back postings may be dated',
    reply: DatingPolicy,
  },
  (read) => ({ backdating_days: backdatingDays(read) }),
)

export const datingUpdate = writing(
  {
    ...ruling,
    id: 'stock_dating.update',
    route: 'PUT /v1/stock/dating',
    summary: 'Choose how far back postings may be dated',
    body: DatingPolicyChange,
    reply: DatingPolicy,
    example: { body: { backdating_days: 31 } },
  },
  (tx, { backdating_days }) => ({ backdating_days: changeBackdatingDays(tx, backdating_days) }),
)

export const api = [
  ledgerProve,
  ledgerGet,
  postingsList,
  accountsList,
  accountsGet,
  reasonsList,
  reasonsGet,
  reasonsCreate,
  reasonsUpdate,
  periodsList,
  periodsGet,
  periodsClose,
  datingGet,
  datingUpdate,
]
