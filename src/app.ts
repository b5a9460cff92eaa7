/** The table of contents: one line per room, from the ground up. */
import { eventTypesList } from './events/api.ts'
import { openCatalogue } from './events/catalogue.ts'
import * as events from './events/room.ts'
import { jobOperation } from './jobs/api.ts'
import type { OutboxReader } from './events/read-outbox.ts'
import type { JobKind } from './jobs/kind.ts'
import * as jobs from './jobs/room.ts'
import type { Schedule } from './schedule/schedule.ts'
import * as schedule from './schedule/room.ts'
import * as mail from './mail/room.ts'
import * as ledger from './ledger/room.ts'
import * as metering from './metering/room.ts'
import * as plans from './plans/room.ts'
import { permissionsList } from './access/roles/api.ts'
import { rolePages } from './access/roles/pages.ts'
import * as access from './access/room.ts'
import * as audit from './audit/room.ts'
import * as catalog from './catalog/room.ts'
import * as locations from './locations/room.ts'
import * as parties from './parties/room.ts'
import * as organizations from './organizations/room.ts'
import * as domains from './domains/room.ts'
import * as tenants from './tenants/room.ts'
import * as lifecycle from './lifecycle/room.ts'
import * as branches from './branches/room.ts'
import * as archives from './archives/room.ts'
import * as stock from './stock/room.ts'
import * as purchasing from './purchasing/room.ts'
import * as orders from './orders/room.ts'
import * as shipping from './shipping/room.ts'
import * as returns from './returns/room.ts'
import * as webhooks from './webhooks/room.ts'
import * as analytics from './analytics/room.ts'
import * as home from './home/room.ts'
import type { EventType } from './events/emit.ts'
import type { Operation } from './operations/operation.ts'
import type { RoomPages } from './operations/page.ts'
import { problemPages } from './operations/problem-page.ts'

/** What a room may offer; each is a list of declarations in the file of that name. */
export interface Room {
  api?: readonly Operation[]
  events?: readonly EventType[]
  jobs?: readonly JobKind[]
  schedules?: readonly Schedule[]
  readers?: readonly OutboxReader[]
  pages?: RoomPages
}

export const rooms: readonly Room[] = [
  events,
  jobs,
  schedule,
  mail,
  ledger,
  metering,
  plans,
  access,
  audit,
  catalog,
  locations,
  parties,
  organizations,
  domains,
  tenants,
  lifecycle,
  branches,
  archives,
  stock,
  purchasing,
  orders,
  shipping,
  returns,
  webhooks,
  analytics,
  home,
]

export const eventTypes: readonly EventType[] = rooms.flatMap((room) => room.events ?? [])
export const jobKinds: readonly JobKind[] = rooms.flatMap((room) => room.jobs ?? [])
export const schedules: readonly Schedule[] = rooms.flatMap((room) => room.schedules ?? [])
export const outboxReaders: readonly OutboxReader[] = rooms.flatMap((room) => room.readers ?? [])
const permissions = permissionsList(() => operations)
export const operations: readonly Operation[] = [
  ...rooms.flatMap((room) => room.api ?? []),
  eventTypesList(openCatalogue(eventTypes)),
  ...jobKinds.map(jobOperation),
  permissions,
]
export const pages: readonly RoomPages[] = [
  ...rooms.flatMap((room) => room.pages ?? []),
  rolePages(permissions),
  problemPages(operations),
]
