/** Returns on screen: what comes back, where it waits, and what becomes of it. */
import { moneyFromDecimal } from '../kit/money.ts'
import { locationsList } from '../locations/api.ts'
import {
  form,
  formState,
  given,
  page,
  rows,
  rowsState,
  submission,
  type Fields,
  type Visit,
} from '../operations/page.ts'
import { salesOrdersFulfilment, salesOrdersList } from '../orders/api.ts'
import type { Fulfilment } from '../orders/fulfilment-schema.ts'
import { carriersList, shipmentsGet, shipmentsList } from '../shipping/api.ts'
import { connectionsList } from '../shipping/connections-api.ts'
import { AuthorizePage } from '../../views/returns/authorize.tsx'
import { InspectPage } from '../../views/returns/inspect.tsx'
import { LabelPage } from '../../views/returns/label.tsx'
import { ReturnPage } from '../../views/returns/return.tsx'
import { ReturnsPage } from '../../views/returns/returns.tsx'
import {
  returnsAuthorize,
  returnsCancel,
  returnsClose,
  returnsGet,
  returnsInspect,
  returnsLabel,
  returnsList,
  returnsReceive,
} from './api.ts'
import { dispositions, return_reasons, return_statuses, type Return } from './schema.ts'

const returnOf = (visit: Visit): Return => visit.ask(returnsGet, { id: visit.params.id! })

const list = page({
  route: 'GET /returns',
  title: 'Returns',
  nav: { group: 'Selling', label: 'Returns', icon: 'back', permission: 'returns.read' },
  show: (visit) =>
    ReturnsPage({
      page: visit.ask(returnsList, visit.query(returnsList)),
      url: visit.url,
      statuses: return_statuses,
      may_write: visit.may('returns.write'),
    }),
})

/** The order in hand: chosen by its id, or the only one whose number was typed. */
function fulfilmentOf(visit: Visit, found: readonly { id: string }[]): Fulfilment | undefined {
  const id = given(visit.fields, 'sales_order_id') ?? visit.url.searchParams.get('order')
  const only = found.length === 1 ? found[0]!.id : undefined
  const chosen = id ?? only
  return chosen ? visit.ask(salesOrdersFulfilment, { id: chosen }) : undefined
}

/** Lines of which nothing was typed do not come back. */
const comesBack = ({ quantity }: Record<string, string>): boolean => quantity !== undefined

const authorize = page({
  route: 'GET /returns/new',
  title: 'New return',
  show: (visit) => {
    const search = visit.url.searchParams.get('search')?.trim()
    const found = search ? visit.ask(salesOrdersList, { search, limit: 10 }).data : []
    return AuthorizePage({
      found,
      fulfilment: fulfilmentOf(visit, found),
      url: visit.url,
      reasons: return_reasons,
      state: rowsState(visit, 'lines', comesBack),
    })
  },
})

const one = page({
  route: 'GET /returns/:id',
  title: (visit) => returnOf(visit).number,
  show: (visit) => {
    const back = returnOf(visit)
    const { shipment_id } = back
    return ReturnPage({
      back,
      shipment: shipment_id ? visit.ask(shipmentsGet, { id: shipment_id }) : undefined,
      currency: currencyOf(visit, back),
      state: rowsState(visit, 'lines', comesBack),
      rights: {
        may_write: visit.may('returns.write'),
        may_receive: visit.may('returns.receive'),
        may_inspect: visit.may('returns.inspect'),
        may_label: visit.may('shipments.purchase'),
      },
    })
  },
})

const currencyOf = (visit: Visit, { sales_order_id }: Return): string =>
  visit.ask(salesOrdersFulfilment, { id: sales_order_id }).order.currency

/** A row without a decision is looked at another time. */
const isDecided = ({ disposition }: Record<string, string>): boolean => Boolean(disposition)

const inspect = page({
  route: 'GET /returns/:id/inspect',
  title: (visit) => `Inspect ${returnOf(visit).number}`,
  show: (visit) => {
    const back = returnOf(visit)
    const { site_id } = back
    const bins = visit.ask(locationsList, { site_id, type: 'bin', archived: false, limit: 100 })
    return InspectPage({
      back,
      bins: bins.data,
      dispositions,
      state: rowsState(visit, 'lines', isDecided),
    })
  },
})

const label = page({
  route: 'GET /returns/:id/label',
  title: (visit) => `Label for ${returnOf(visit).number}`,
  show: (visit) => {
    const back = returnOf(visit)
    const { sales_order_id: order_id } = back
    const connections = visit.ask(connectionsList, { limit: 100 }).data
    const outbound = visit.ask(shipmentsList, { order_id, limit: 1 }).data[0]
    return LabelPage({
      back,
      connections: connections.filter(({ active }) => active),
      services: visit
        .ask(carriersList, {})
        .data.flatMap(({ services }) => services.map(({ id }) => String(id))),
      outbound,
      state: formState(visit),
    })
  },
})

const only = (_: Fields, { id }: Record<string, string>) => ({ id })
const to = (say: string) => (back: Return) => ({
  to: `/returns/${back.id}`,
  say: `${back.number} ${say}`,
})

/** What was paid back, in the currency of the order; anything that is no amount is told as such. */
function refundOf(fields: Fields): object {
  const text = given(fields, 'refund')
  const currency = given(fields, 'currency') ?? 'USD'
  if (text === undefined) return {}
  const amount = /^\d+(\.\d+)?$/.test(text) ? moneyFromDecimal(text, currency).amount : text
  return { refund: { amount, currency } }
}

export const pages = {
  pages: [list, authorize, one, inspect, label],
  forms: [
    form({
      route: 'POST /returns/new',
      submit: submission(
        returnsAuthorize,
        (fields) => ({
          sales_order_id: given(fields, 'sales_order_id') ?? '',
          reason: given(fields, 'reason'),
          note: given(fields, 'note'),
          lines: rows(fields, 'lines').filter(comesBack),
        }),
        to('is authorized: the goods may come.'),
      ),
      again: authorize,
    }),
    form({
      route: 'POST /returns/:id/receive',
      submit: submission(
        returnsReceive,
        (fields, { id }) => ({ id, lines: rows(fields, 'lines').filter(comesBack) }),
        to('is in the house: its goods wait to be inspected.'),
      ),
      again: one,
    }),
    form({
      route: 'POST /returns/:id/inspect',
      submit: submission(
        returnsInspect,
        (fields, { id }) => ({ id, lines: rows(fields, 'lines').filter(isDecided) }),
        to('is inspected.'),
      ),
      again: inspect,
    }),
    form({
      route: 'POST /returns/:id/label',
      submit: submission(
        returnsLabel,
        (fields, { id }) => ({
          id,
          connection_id: given(fields, 'connection_id') ?? '',
          service: given(fields, 'service') ?? '',
          parcels: [{ weight: given(fields, 'weight') ?? '', weight_unit: 'KG' }],
        }),
        (back) => ({
          to: back.shipment_id ? `/shipments/${back.shipment_id}` : `/returns/${back.id}`,
          say: `The label for ${back.number} is bought: send it to the customer.`,
        }),
      ),
      again: label,
    }),
    form({
      route: 'POST /returns/:id/close',
      submit: submission(
        returnsClose,
        (fields, { id }) => ({
          id,
          ...refundOf(fields),
          refund_reference: given(fields, 'refund_reference'),
        }),
        to('is closed.'),
      ),
      again: one,
    }),
    form({
      route: 'POST /returns/:id/cancel',
      submit: submission(returnsCancel, only, to('is called off.')),
      again: one,
    }),
  ],
}
