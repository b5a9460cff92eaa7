/** The ledger on screen: its proof, its postings, why goods move, and the periods that are closed. */
import { form, formState, given, page, submission, type Visit } from '../operations/page.ts'
import { LedgerPage } from '../../views/ledger/ledger.tsx'
import { PeriodsPage } from '../../views/ledger/periods.tsx'
import { PostingsPage } from '../../views/ledger/postings.tsx'
import { ProofPage } from '../../views/ledger/proof.tsx'
import { ReasonsPage } from '../../views/ledger/reasons.tsx'
import {
  datingGet,
  datingUpdate,
  ledgerGet,
  ledgerProve,
  periodsClose,
  periodsList,
  postingsList,
  reasonsCreate,
  reasonsList,
  reasonsUpdate,
} from './api.ts'

/** The chain runs through all organizations: whoever leads the business proves it. */
const leads = ({ visitor }: Visit): boolean => visitor.principal.level === 'tenant'

const ledger = page({
  route: 'GET /ledger',
  title: 'Ledger proof',
  nav: { group: 'Stock', label: 'Ledger proof', icon: 'proof', permission: 'ledger.read' },
  show: (visit) =>
    LedgerPage({
      ledger: leads(visit) ? visit.ask(ledgerGet, {}) : undefined,
      latest: visit.ask(postingsList, { limit: 10 }).data,
      state: formState(visit),
    }),
})

const proof = page({
  route: 'GET /ledger/proof',
  title: 'Proof',
  show: (visit) => ProofPage({ proofs: visit.ask(ledgerGet, {}).proofs, state: formState(visit) }),
})

const reasonsOf = (visit: Visit) => visit.ask(reasonsList, { limit: 100 }).data

const postings = page({
  route: 'GET /ledger/postings',
  title: 'Postings',
  show: (visit) =>
    PostingsPage({
      page: visit.ask(postingsList, visit.query(postingsList)),
      reasons: reasonsOf(visit).map(({ code, name }) => [code, name] as const),
      url: visit.url,
    }),
})

const reasons = page({
  route: 'GET /ledger/reasons',
  title: 'Reasons',
  show: (visit) =>
    ReasonsPage({
      reasons: reasonsOf(visit),
      state: formState(visit),
      may_write: leads(visit) && visit.may('ledger.write'),
    }),
})

const periods = page({
  route: 'GET /ledger/periods',
  title: 'Closed periods',
  show: (visit) =>
    PeriodsPage({
      page: visit.ask(periodsList, visit.problem ? {} : visit.query(periodsList)),
      backdating_days: visit.ask(datingGet, {}).backdating_days,
      url: visit.problem ? new URL('/ledger/periods', visit.url) : visit.url,
      state: formState(visit),
      may_write: visit.may('ledger.write'),
    }),
})

const calendar_date = /^\d{4}-\d{2}-\d{2}$/

export const pages = {
  pages: [ledger, proof, postings, reasons, periods],
  forms: [
    form({
      route: 'POST /ledger/proof',
      submit: submission(
        ledgerProve,
        () => ({}),
        ({ holds, difference_count }) => ({
          to: '/ledger/proof',
          say: holds ? 'Proven: everything agrees.' : `${difference_count} things do not agree.`,
        }),
      ),
      again: ledger,
    }),
    form({
      route: 'POST /ledger/reasons',
      submit: submission(
        reasonsCreate,
        (fields) => ({
          code: given(fields, 'code') ?? '',
          name: given(fields, 'name') ?? '',
          counterpart_kind: given(fields, 'counterpart_kind') ?? null,
        }),
        ({ name }) => ({ to: '/ledger/reasons', say: `"${name}" can be chosen now.` }),
      ),
      again: reasons,
    }),
    form({
      route: 'POST /ledger/reasons/:code',
      submit: submission(
        reasonsUpdate,
        (fields, { code }) => ({ code, archived: given(fields, 'archived') }),
        ({ name, archived_at }) => ({
          to: '/ledger/reasons',
          say: archived_at ? `"${name}" is out of use.` : `"${name}" can be chosen again.`,
        }),
      ),
      again: reasons,
    }),
    form({
      route: 'POST /ledger/periods',
      submit: submission(
        periodsClose,
        (fields) => {
          const until = given(fields, 'until') ?? ''
          return { until: calendar_date.test(until) ? `${until}T23:59:59.999Z` : until }
        },
        ({ until }) => ({ to: '/ledger/periods', say: `The books are closed until ${until}.` }),
      ),
      again: periods,
    }),
    form({
      route: 'POST /ledger/dating',
      submit: submission(
        datingUpdate,
        (fields) => ({ backdating_days: given(fields, 'backdating_days') }),
        ({ backdating_days }) => ({
          to: '/ledger/periods',
          say: `Postings may be dated ${backdating_days} days back.`,
        }),
      ),
      again: periods,
    }),
  ],
}
