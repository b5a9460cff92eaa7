/** Opens every door over one data folder. */
import { Elysia } from 'elysia'
import type { Logger } from 'pino'
import { openGate } from './access/gate.ts'
import { operations, pages } from './app.ts'
import { recordAudit } from './audit/record.ts'
import type { DataFolder } from './db/data-folder.ts'
import { mountAsk } from './domains/ask.ts'
import { mountAssets } from './operations/assets.ts'
import type { CallCounter, Door } from './operations/door.ts'
import { SignedLinks } from './objects/signed-links.ts'
import { mountHealth } from './operations/health.ts'
import { mountPages } from './operations/html-door.ts'
import { mountObjectLinks } from './operations/object-links.ts'
import { RateLimiter, type InstallationRates } from './operations/rate-limit.ts'
import { mountReference } from './operations/reference.ts'
import { mountRest } from './operations/rest.ts'
import type { Services } from './operations/services.ts'
import { openRenderer } from './renderer.tsx'
import { tenantState } from './tenants/state.ts'

export interface HouseOptions {
  data: DataFolder
  services: Services
  log: Logger
  /** For those whose plan says nothing. */
  rates: InstallationRates
  /** Nothing is counted without it. */
  calls?: CallCounter
  /** Tests check every reply against its declared shape. */
  verify_replies?: boolean
}

export interface House {
  readonly app: Elysia
  readonly door: Door
  close(): Promise<void>
}

export function openHouse(options: HouseOptions): House {
  const { data, services, log, rates, calls, verify_replies = false } = options
  const gatekeeper = openGate(data, (tenant_id) => {
    const state = tenantState(data, tenant_id)
    return state && { ...state, terms: services.terms?.(tenant_id) }
  })
  const door: Door = { data, services, gatekeeper, audit: recordAudit, log, calls, verify_replies }
  const app = new Elysia()
  mountRest(app, operations, door, new RateLimiter(data.clock, rates))
  mountPages(app, pages, operations, door, openRenderer(pages))
  mountReference(app, operations)
  mountObjectLinks(app, door, new SignedLinks(services.master_key))
  mountAssets(app)
  mountHealth(app, data)
  mountAsk(app, door)
  return { app, door, close: () => data.close() }
}
