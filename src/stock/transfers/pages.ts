/** Transfers on screen: goods on their way from one site to another. */
import { locationsGet, locationsList } from '../../locations/api.ts'
import {
  form,
  formState,
  given,
  page,
  rows,
  rowsState,
  submission,
  type Visit,
} from '../../operations/page.ts'
import { TransferForm } from '../../../views/stock/transfer-form.tsx'
import { TransferReceivePage } from '../../../views/stock/transfer-receive.tsx'
import { TransferPage } from '../../../views/stock/transfer.tsx'
import { TransfersPage } from '../../../views/stock/transfers.tsx'
import { goodsForm } from '../places/pages.ts'
import {
  transfersCancel,
  transfersCreate,
  transfersGet,
  transfersList,
  transfersReceive,
} from './api.ts'
import type { Transfer } from './schema.ts'

const transferOf = (visit: Visit): Transfer => visit.ask(transfersGet, { id: visit.params.id! })

const codeOf = (visit: Visit) => (id: string) => visit.ask(locationsGet, { id }).code

const list = page({
  route: 'GET /transfers',
  title: 'Transfers',
  nav: { group: 'Stock', label: 'Transfers', icon: 'track', permission: 'stock.read' },
  show: (visit) =>
    TransfersPage({
      page: visit.ask(transfersList, visit.query(transfersList)),
      codeOf: codeOf(visit),
      url: visit.url,
      may_write: visit.may('stock.write'),
    }),
})

const create = page({
  route: 'GET /transfers/new',
  title: 'New transfer',
  show: (visit) =>
    TransferForm({
      ...goodsForm(visit),
      state: rowsState(visit, 'lines'),
      sites: visit
        .ask(locationsList, { type: 'site', archived: false, limit: 100 })
        .data.map(({ id, code, name }) => [id, `${code} · ${name}`] as const),
    }),
})

const one = page({
  route: 'GET /transfers/:id',
  title: 'Transfer',
  show: (visit) =>
    TransferPage({
      transfer: transferOf(visit),
      codeOf: codeOf(visit),
      state: formState(visit),
      may_write: visit.may('stock.write'),
    }),
})

/** A line of which nothing is said is not received now. */
const isSaid = (line: Record<string, string>): boolean =>
  Boolean(line.quantity || line.rejected_quantity)

const receive = page({
  route: 'GET /transfers/:id/receive',
  title: 'Receive a transfer',
  show: (visit) => {
    const transfer = transferOf(visit)
    const site_id = transfer.to_site_id
    const found = visit.ask(locationsList, { site_id, archived: false, limit: 100 }).data
    return TransferReceivePage({
      transfer,
      to: codeOf(visit)(site_id),
      places: found
        .filter(({ receivable }) => receivable)
        .sort((a, b) => Number(b.type === 'dock') - Number(a.type === 'dock'))
        .map(({ id, code, name }) => [id, `${code} · ${name}`] as const),
      state: rowsState(visit, 'lines', isSaid),
    })
  },
})

const to =
  (say: string) =>
  ({ id }: Transfer) => ({ to: `/transfers/${id}`, say })

export const pages = {
  pages: [list, create, one, receive],
  forms: [
    form({
      route: 'POST /transfers/new',
      submit: submission(
        transfersCreate,
        (fields) => ({
          to_site_id: given(fields, 'to_site_id') ?? '',
          expected_on: given(fields, 'expected_on'),
          note: given(fields, 'note'),
          lines: rows(fields, 'lines'),
        }),
        to('The goods have left their bins and are under way.'),
      ),
      again: create,
    }),
    form({
      route: 'POST /transfers/:id/receive',
      submit: submission(
        transfersReceive,
        (fields, { id }) => ({ id, lines: rows(fields, 'lines').filter(isSaid) }),
        to('Received: the stock is on the shelf.'),
      ),
      again: receive,
    }),
    form({
      route: 'POST /transfers/:id/cancel',
      submit: submission(
        transfersCancel,
        (_, { id }) => ({ id }),
        to('Cancelled: the goods are back where they were.'),
      ),
      again: one,
    }),
  ],
}
