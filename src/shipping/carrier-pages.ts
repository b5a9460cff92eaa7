/** Carriers on screen: what each can do, and the accounts that are connected. */
import {
  form,
  formState,
  given,
  group,
  page,
  submission,
  type Fields,
  type Visit,
} from '../operations/page.ts'
import { invalid, notFound } from '../kit/problem.ts'
import { getCarrier } from '../carriers/registry.ts'
import { CarriersPage } from '../../views/shipping/carriers.tsx'
import { ConnectPage } from '../../views/shipping/connect.tsx'
import {
  carriersList,
  connectionsCreate,
  connectionsGet,
  connectionsList,
  connectionsUpdate,
} from './api.ts'
import { modes, type CarrierConnection, type CarrierDescription } from './schema.ts'

const list = page({
  route: 'GET /carriers',
  title: 'Carriers',
  nav: { group: 'Shipping', label: 'Carriers', icon: 'plug', permission: 'shipments.read' },
  show: (visit) =>
    CarriersPage({
      carriers: visit.ask(carriersList, {}).data,
      page: visit.ask(connectionsList, visit.query(connectionsList)),
      url: visit.url,
      state: formState(visit),
      may_connect: visit.may('carriers.connect'),
    }),
})

function carrierOf(visit: Visit, carrier_id: string): CarrierDescription {
  const found = visit.ask(carriersList, {}).data.find(({ id }) => id === carrier_id)
  if (!found) throw notFound('carrier', carrier_id)
  return found
}

const connect = page({
  route: 'GET /carriers/connect/:carrier',
  title: 'Connect a carrier',
  show: (visit) =>
    ConnectPage({
      carrier: carrierOf(visit, visit.params.carrier!),
      connection: undefined,
      modes,
      state: formState(visit),
    }),
})

const change = page({
  route: 'GET /carriers/connections/:id',
  title: 'Change a carrier account',
  show: (visit) => {
    const connection = visit.ask(connectionsGet, { id: visit.params.id! })
    return ConnectPage({
      carrier: carrierOf(visit, connection.carrier_id),
      connection,
      modes,
      state: formState(visit),
    })
  },
})

/** Settings as typed; those that hold JSON are read. @throws Problem `invalid` when one is not JSON */
function settings(fields: Fields, carrier_id: string): Record<string, unknown> {
  const typed = group(fields, 'config') ?? {}
  const holds_json = new Set(
    getCarrier(carrier_id)
      .config.filter(({ example }) => example !== undefined)
      .map(({ name }) => name),
  )
  const read = ([name, text]: [string, string]): [string, unknown] => [
    name,
    holds_json.has(name) ? readJson(name, text) : text,
  ]
  return Object.fromEntries(Object.entries(typed).map(read))
}

function readJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw invalid(`/config/${name}`, `This is not JSON: ${(error as Error).message}.`)
  }
}

const to = (say: string) => (connection: CarrierConnection) => ({
  to: '/carriers',
  say: `${connection.name} ${say}`,
})

export const accounts = {
  pages: [list, connect, change],
  forms: [
    form({
      route: 'POST /carriers/connect/:carrier',
      submit: submission(
        connectionsCreate,
        (fields, { carrier = '' }) => ({
          carrier_id: carrier,
          name: given(fields, 'name') ?? '',
          mode: given(fields, 'mode') ?? '',
          base_url: given(fields, 'base_url'),
          credentials: group(fields, 'credentials') ?? {},
          config: settings(fields, carrier),
        }),
        to('is connected.'),
      ),
      again: connect,
    }),
    form({
      route: 'POST /carriers/connections/:id',
      submit: submission(
        connectionsUpdate,
        (fields, { id }) => ({
          id,
          name: given(fields, 'name') ?? '',
          credentials: group(fields, 'credentials'),
          config: settings(fields, given(fields, 'carrier_id') ?? ''),
        }),
        to('is changed.'),
      ),
      again: change,
    }),
    form({
      route: 'POST /carriers/connections/:id/pause',
      submit: submission(
        connectionsUpdate,
        (_, { id }) => ({ id, active: false }),
        to('is paused: nobody asks it for rates.'),
      ),
      again: list,
    }),
    form({
      route: 'POST /carriers/connections/:id/resume',
      submit: submission(
        connectionsUpdate,
        (_, { id }) => ({ id, active: true }),
        to('is asked for rates again.'),
      ),
      again: list,
    }),
  ],
}
