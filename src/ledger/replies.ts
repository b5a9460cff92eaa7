/** The ledger as it is told to the outside: what is empty inside is null, bytes are hexadecimal. */
import type { Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import { getAccount, listAccounts } from './accounts/read.ts'
import { readTime } from './occurred-at.ts'
import { closePeriod, getPeriod, listPeriods, type Period } from './periods/close-period.ts'
import { keptProofs, provenSeq } from './proof/keep.ts'
import { headOf, listPostings } from './read.ts'
import { addReason, changeReason, getReason, listReasons, type Reason } from './reasons.ts'
import type { Account, PostingHead } from './schema.ts'
import type {
  AccountQuery,
  AccountShape,
  LedgerState,
  PeriodQuery,
  PeriodShape,
  PostingQuery,
  PostingSummary,
  ReasonQuery,
  ReasonShape,
} from './shapes.ts'

const pageOf = <Row, Item>(page: Page<Row>, tell: (row: Row) => Item) => ({
  data: page.rows.map(tell),
  has_more: page.has_more,
  next_cursor: page.next_cursor,
})

const tellPosting = (posting: PostingHead & { hash: string }): PostingSummary => ({
  id: posting.id,
  seq: posting.seq,
  reason: posting.reason,
  occurred_at: posting.occurred_at,
  recorded_at: posting.recorded_at,
  actor: { kind: posting.actor_kind, id: posting.actor_id, name: posting.actor_name },
  reference: posting.reference_type
    ? { type: posting.reference_type, id: posting.reference_id }
    : null,
  note: posting.note,
  reverses: posting.reverses,
  hash: posting.hash,
})

const tellAccount = (account: Account): AccountShape => ({
  ...account,
  physical: account.physical === 1,
  promisable: account.promisable === 1,
  location_id: account.location_id || null,
  site_id: account.site_id || null,
  party_id: account.party_id || null,
  floor_reason: account.floor_reason || null,
})

const tellReason = ({
  code,
  name,
  counterpart_kind,
  built_in,
  archived_at,
}: Reason): ReasonShape => ({
  code,
  name,
  counterpart_kind,
  built_in: built_in === 1,
  archived_at,
})

const tellPeriod = ({ actor_id, actor_name, hash, ...period }: Period): PeriodShape => ({
  ...period,
  closed_by: { id: actor_id, name: actor_name },
  hash: Buffer.from(hash).toString('hex'),
})

export function postingsPage(read: Read, query: PostingQuery) {
  const utc = (name: 'occurred_from' | 'occurred_until') =>
    query[name] === undefined ? undefined : readTime(query[name], `/query/${name}`)
  const filter = {
    ...query,
    occurred_from: utc('occurred_from'),
    occurred_until: utc('occurred_until'),
  }
  return pageOf(listPostings(read, filter, query), tellPosting)
}

export const accountsPage = (read: Read, query: AccountQuery) =>
  pageOf(listAccounts(read, query, query), tellAccount)

export const accountById = (read: Read, { id }: { id: string }) => tellAccount(getAccount(read, id))

export const reasonsPage = (read: Read, query: ReasonQuery) =>
  pageOf(listReasons(read, query), tellReason)

export const reasonByCode = (read: Read, { code }: { code: string }) =>
  tellReason(getReason(read, code))

export const reasonAdded = (tx: Write, input: Parameters<typeof addReason>[1]) =>
  tellReason(addReason(tx, input))

export const reasonChanged = (
  tx: Write,
  { code, ...change }: { code: string } & Parameters<typeof changeReason>[2],
) => tellReason(changeReason(tx, code, change))

export const periodsPage = (read: Read, query: PeriodQuery) =>
  pageOf(listPeriods(read, query), tellPeriod)

export const periodById = (read: Read, { id }: { id: string }) => tellPeriod(getPeriod(read, id))

export const periodClosed = (tx: Write, input: { until: string }) =>
  tellPeriod(closePeriod(tx, input))

export const ledgerState = (read: Read): LedgerState => ({
  head: headOf(read),
  proven_seq: provenSeq(read),
  proofs: keptProofs(read),
})
