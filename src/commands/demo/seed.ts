/** Makes the demonstration: a shop with its past, its neighbours, and the people who may come in. */
import { createSetupLink } from '../../access/setup-link.ts'
import { setUp } from '../../access/set-up.ts'
import type { Simulator } from '../../carriers/simulator/simulator.ts'
import { recordAudit } from '../../audit/record.ts'
import { activateWhenReady } from '../../home/set-up/activate.ts'
import { day_ms, hour_ms, type ManualClock } from '../../kit/clock.ts'
import type { CreatedTenant } from '../../tenants/schema.ts'
import { onPlatform } from '../as-operator.ts'
import type { Installation } from '../installation.ts'
import type { Chance } from './chance.ts'
import { company } from './company.ts'
import { Desk } from './desk.ts'
import { furnish } from './furnish.ts'
import { neighbours_ms, settleNeighbours } from './neighbours.ts'
import { handOutTokens, listenOutside } from './outside.ts'
import { startOfToday, Today } from './today.ts'
import { liveThrough } from './year.ts'

export const operator = { name: 'Ada Quay', email: 'ada@operator.test' } as const

export interface SeedOptions {
  /** Opened with this clock, which seeding moves from the first day to `now_ms`. */
  installation: Installation
  clock: ManualClock
  chance: Chance
  simulator: Simulator
  receiver_url: string
  now_ms: number
  /** How long the shop has been open. */
  days: number
  /** For the owner and for the operator. */
  password: string
  onDay: (passed: number, all: number) => void
}

/** @returns a token that may do everything in the shop */
export async function seedDemo(options: SeedOptions): Promise<string> {
  const { installation, clock, chance, simulator, now_ms, days, password, onDay } = options
  const today_ms = startOfToday(now_ms)
  const until_ms = Math.floor(today_ms / day_ms) * day_ms
  const from_ms = until_ms - days * day_ms
  clock.set(from_ms - neighbours_ms - 2 * day_ms + 9 * hour_ms)
  await letOperatorIn(installation, password)
  await settleNeighbours(installation, clock)
  const { tenant, organization_id, api_token, setup_path } = await onPlatform<CreatedTenant>(
    installation,
    'tenants.create',
    {
      ...{ name: company.name, domain: company.slug, environment: 'sandbox' },
      ...{ admin_name: company.owner.name, admin_email: company.owner.email },
    },
  )
  await openAccount(installation, setup_path, { ...company.owner, password })
  const desk = new Desk(installation, clock, chance, simulator)
  desk.sitDown(tenant.id, organization_id)
  const shop = await furnish(desk)
  const year = await liveThrough(desk, shop, { from_ms, until_ms }, onDay)
  desk.moveTo(today_ms)
  await handOutTokens(desk)
  await listenOutside(desk, options.receiver_url)
  await new Today(desk, shop, year, now_ms).work()
  await activateWhenReady(installation.data, tenant.id)
  return api_token
}

async function letOperatorIn(installation: Installation, password: string): Promise<void> {
  const { setup_path } = await createSetupLink(installation.data)
  await openAccount(installation, setup_path, { ...operator, password })
}

const from = { ip: '127.0.0.1', user_agent: 'demo', request_id: 'demo' }

/** Uses a set-up link, as its owner would on the page behind it. */
async function openAccount(
  { data }: Installation,
  setup_path: string,
  person: { name: string; email: string; password: string },
): Promise<void> {
  await setUp(data, setup_path.replace('/setup/', ''), person, from, recordAudit)
}
