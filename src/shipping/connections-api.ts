/** What can be done with carrier accounts: those of a business, and those of the operator. */
import { Type } from '@sinclair/typebox'
import { calling, reading } from '../operations/operation.ts'
import { IdParam, ListQuery, PageOf } from '../operations/shapes.ts'
import { changeConnection, connectCarrier } from './connect.ts'
import { getConnection, listConnections } from './connections.ts'
import {
  Adoption,
  CarrierConnection,
  ConnectionChange,
  NewConnection,
  OfferedConnection,
} from './schema.ts'
import { adoptConnection, listOffered } from './system-connections.ts'

/** The operator's own accounts are looked after as those of a business are. */
const at_business = {
  level: 'organization',
  room: 'carrier_connections',
  path: 'carrier_connections',
  read: 'shipments.read',
} as const
const at_platform = {
  level: 'platform',
  room: 'system_connections',
  path: 'platform/carrier_connections',
  read: 'carriers.read',
} as const
type Place = typeof at_business | typeof at_platform

const listing = ({ level, room, path, read }: Place) =>
  reading(
    {
      id: `${room}.list`,
      route: `GET /v1/${path}`,
      level,
      permission: read,
      summary: 'List carrier connections',
      query: ListQuery({ carrier_id: Type.Optional(Type.String({ maxLength: 60 })) }, [
        'created_at',
      ]),
      reply: PageOf(CarrierConnection),
    },
    listConnections,
  )

const getting = ({ level, room, path, read }: Place) =>
  reading(
    {
      id: `${room}.get`,
      route: `GET /v1/${path}/:id`,
      level,
      permission: read,
      summary: 'Get a carrier connection',
      params: IdParam('con'),
      reply: CarrierConnection,
    },
    getConnection,
  )

const creating = ({ level, room, path }: Place) =>
  calling(
    {
      id: `${room}.create`,
      route: `POST /v1/${path}`,
      level,
      permission: 'carriers.connect',
      ...(level === 'organization' && { feature: 'shipping' as const }),
      summary:
        level === 'platform'
          ? 'Connect a carrier account that businesses may use'
          : 'Connect a carrier account',
      description: 'Credentials are sealed and never shown again.',
      body: NewConnection,
      reply: CarrierConnection,
      status: 201,
      problems: ['unknown_carrier'],
    },
    connectCarrier,
  )

const updating = ({ level, room, path }: Place) =>
  calling(
    {
      id: `${room}.update`,
      route: `PATCH /v1/${path}/:id`,
      level,
      permission: 'carriers.connect',
      summary: 'Change, pause or resume a carrier connection',
      params: IdParam('con'),
      body: ConnectionChange,
      reply: CarrierConnection,
      subject: getConnection,
      match: 'optional',
    },
    changeConnection,
  )

export const connectionsList = listing(at_business)
export const connectionsGet = getting(at_business)
export const connectionsCreate = creating(at_business)
export const connectionsUpdate = updating(at_business)

export const systemConnectionsList = listing(at_platform)
export const systemConnectionsGet = getting(at_platform)
export const systemConnectionsCreate = creating(at_platform)
export const systemConnectionsUpdate = updating(at_platform)

export const connectionsOffered = reading(
  {
    id: 'carrier_connections.offered',
    route: 'GET /v1/system_carrier_connections',
    level: 'organization',
    permission: 'shipments.read',
    summary: 'List the accounts of the operator that this organization may use',
    reply: Type.Object({ data: Type.Array(OfferedConnection) }),
  },
  listOffered,
)

export const connectionsAdopt = calling(
  {
    id: 'carrier_connections.adopt',
    route: 'POST /v1/carrier_connections/adopt',
    level: 'organization',
    permission: 'carriers.connect',
    feature: 'shipping',
    summary: 'Use an account of the operator as a connection of this organization',
    body: Adoption,
    reply: CarrierConnection,
    status: 201,
    problems: ['not_found', 'conflict'],
  },
  adoptConnection,
)

export const connectionOperations = [
  connectionsList,
  connectionsGet,
  connectionsCreate,
  connectionsUpdate,
  connectionsOffered,
  connectionsAdopt,
  systemConnectionsList,
  systemConnectionsGet,
  systemConnectionsCreate,
  systemConnectionsUpdate,
]
