/** The table of contents: one line per room. */
import { Elysia } from 'elysia'
import type { Logger } from 'pino'
import { api as catalog } from './catalog/api.ts'
import { events as catalogEvents } from './catalog/events.ts'
import { openGate } from './access/gate.ts'
import { recordAudit } from './audit/record.ts'
import type { DataFolder } from './db/data-folder.ts'
import type { EventType } from './events/emit.ts'
import type { Door } from './operations/door.ts'
import type { Operation } from './operations/operation.ts'
import type { RoomPages } from './operations/page.ts'
import { RateLimiter } from './operations/rate-limit.ts'
import { mountRest } from './operations/rest.ts'
import { tenantState } from './tenants/state.ts'

export interface Room {
  api: readonly Operation[]
  events?: readonly EventType[]
  pages?: RoomPages
}

export const rooms: Record<string, Room> = {
  catalog: { api: catalog, events: catalogEvents },
}

export const operations: readonly Operation[] = Object.values(rooms).flatMap((room) => room.api)

export interface HouseOptions {
  data: DataFolder
  log: Logger
  verify_replies?: boolean
}

export interface House {
  readonly app: Elysia
  readonly door: Door
  close(): Promise<void>
}

/** Opens every door over one data folder. */
export function openHouse({ data, log, verify_replies = false }: HouseOptions): House {
  const gatekeeper = openGate(data, (tenant_id) => tenantState(data, tenant_id))
  const door: Door = {
    data,
    log,
    gatekeeper,
    services: undefined as never,
    audit: recordAudit,
    verify_replies,
  }
  const app = new Elysia()
  mountRest(app, operations, door, new RateLimiter(data.clock))
  return { app, door, close: () => data.close() }
}
