/** Carriers on screen: what each can do, and the accounts that are connected. */
import {
  form,
  formState,
  given,
  group,
  page,
  submission,
  type Fields,
  type Page,
  type RoomPages,
} from '../operations/page.ts'
import { invalid, notFound } from '../kit/problem.ts'
import { getCarrier } from '../carriers/registry.ts'
import { CarriersPage } from '../../views/shipping/carriers.tsx'
import { ConnectPage } from '../../views/shipping/connect.tsx'
import {
  connectionsAdopt,
  connectionsCreate,
  connectionsGet,
  connectionsList,
  connectionsOffered,
  connectionsUpdate,
  systemConnectionsCreate,
  systemConnectionsGet,
  systemConnectionsList,
  systemConnectionsUpdate,
} from './connections-api.ts'
import { listCarriers } from './connections.ts'
import { modes, type CarrierConnection, type CarrierDescription } from './schema.ts'

/** The same pages for the accounts of a business and for those of the operator. */
interface Place {
  base: '/carriers' | '/platform/carriers'
  nav: NonNullable<Page['nav']>
  list: typeof connectionsList
  get: typeof connectionsGet
  create: typeof connectionsCreate
  update: typeof connectionsUpdate
  /** What the operator offers to a business. */
  offered?: typeof connectionsOffered
}

const at_business: Place = {
  base: '/carriers',
  nav: { group: 'Shipping', label: 'Carriers', icon: 'plug', permission: 'shipments.read' },
  list: connectionsList,
  get: connectionsGet,
  create: connectionsCreate,
  update: connectionsUpdate,
  offered: connectionsOffered,
}

const at_platform: Place = {
  base: '/platform/carriers',
  nav: {
    group: 'Offer',
    label: 'Carriers',
    icon: 'plug',
    permission: 'carriers.read',
    level: 'platform',
  },
  list: systemConnectionsList,
  get: systemConnectionsGet,
  create: systemConnectionsCreate,
  update: systemConnectionsUpdate,
}

function carrierOf(carrier_id: string): CarrierDescription {
  const found = listCarriers().data.find(({ id }) => id === carrier_id)
  if (!found) throw notFound('carrier', carrier_id)
  return found
}

const listPage = ({ base, nav, list, offered }: Place): Page =>
  page({
    route: `GET ${base}`,
    title: 'Carriers',
    nav,
    show: (visit) =>
      CarriersPage({
        base,
        carriers: listCarriers().data,
        page: visit.ask(list, visit.query(list)),
        offered: offered ? visit.ask(offered, {}).data.filter(({ used_as }) => !used_as) : [],
        url: visit.problem ? new URL(base, visit.url) : visit.url,
        state: formState(visit),
        may_connect: visit.may('carriers.connect'),
      }),
  })

const connectPage = ({ base }: Place): Page =>
  page({
    route: `GET ${base}/connect/:carrier`,
    title: 'Connect a carrier',
    show: (visit) =>
      ConnectPage({
        base,
        carrier: carrierOf(visit.params.carrier!),
        connection: undefined,
        modes,
        state: formState(visit),
      }),
  })

const changePage = ({ base, get }: Place): Page =>
  page({
    route: `GET ${base}/connections/:id`,
    title: 'Change a carrier account',
    show: (visit) => {
      const connection = visit.ask(get, { id: visit.params.id! })
      const carrier = carrierOf(connection.carrier_id)
      return ConnectPage({ base, carrier, connection, modes, state: formState(visit) })
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

function accountsAt(place: Place): RoomPages {
  const { base, create, update } = place
  const [list, connect, change] = [listPage(place), connectPage(place), changePage(place)]
  const to = (say: string) => (connection: CarrierConnection) => ({
    to: base,
    say: `${connection.name} ${say}`,
  })
  const pausing = (verb: 'pause' | 'resume', say: string) =>
    form({
      route: `POST ${base}/connections/:id/${verb}`,
      submit: submission(update, (_, { id }) => ({ id, active: verb === 'resume' }), to(say)),
      again: list,
    })
  return {
    pages: [list, connect, change],
    forms: [
      form({
        route: `POST ${base}/connect/:carrier`,
        submit: submission(
          create,
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
        route: `POST ${base}/connections/:id`,
        submit: submission(
          update,
          (fields, { id }) => ({
            id,
            name: given(fields, 'name') ?? '',
            ...(given(fields, 'kind') !== 'system' && {
              credentials: group(fields, 'credentials'),
              config: settings(fields, given(fields, 'carrier_id') ?? ''),
            }),
          }),
          to('is changed.'),
        ),
        again: change,
      }),
      pausing('pause', 'is paused: nobody asks it for rates.'),
      pausing('resume', 'is asked for rates again.'),
    ],
  }
}

const own = accountsAt(at_business)
const of_operator = accountsAt(at_platform)

const adopt = form({
  route: 'POST /carriers/adopt/:id',
  submit: submission(
    connectionsAdopt,
    (_, { id }) => ({ system_connection_id: id }),
    ({ name }) => ({ to: '/carriers', say: `${name} is asked for rates from now on.` }),
  ),
  again: own.pages[0]!,
})

export const accounts: RoomPages = {
  pages: [...own.pages, ...of_operator.pages],
  forms: [...own.forms, ...of_operator.forms, adopt],
}
