import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import { setUp } from '../access/set-up.ts'
import { createSetupLink } from '../access/setup-link.ts'
import { startSession } from '../access/sessions.ts'
import { recordAudit } from '../audit/record.ts'
import { runNow } from '../schedule/run-now.ts'
import { systemScope } from '../db/scope.ts'
import { startWorkers, type Workers } from '../workers.ts'
import type { Delivery } from './schema.ts'
import { Peer } from './testing/hooks.ts'

let shop: Shop
let peer: Peer
let workers: Workers
let owner: string
let operator: string

/** The session cookie of whoever follows a set-up link. */
async function enter(setup_path: string, email: string): Promise<string> {
  const newcomer = { name: 'Pim', email, password: 'three gulls over the pier' }
  const from = { ip: '', user_agent: 'test', request_id: 'req_test' }
  const signed = await setUp(
    shop.data,
    setup_path.replace('/setup/', ''),
    newcomer,
    from,
    recordAudit,
  )
  const { organization_id } = signed
  const session = { organization_id, method: 'password', ip: '', user_agent: '' } as const
  const cookie = await startSession(shop.data, 'http://localhost', signed, session)
  return cookie.split(';')[0]!
}

beforeAll(async () => {
  shop = await Shop.open()
  peer = new Peer()
  const { data, house } = shop
  workers = await startWorkers({ data, services: house.door.services, log: house.door.log })
  const member = { name: 'Pim', email: 'pim@harbour.test', role: 'owner' }
  const added = await shop.done<{ setup_path: string }>('POST /v1/members', member)
  owner = await enter(added.setup_path, member.email)
  operator = await enter((await createSetupLink(data)).setup_path, 'ada@operator.test')
})
afterAll(async () => {
  await workers.stop()
  await peer.stop()
  await shop.close()
})

async function see(path: string, cookie: string): Promise<string> {
  const request = new Request(`http://localhost${path}`, { headers: { cookie } })
  const response = await shop.house.app.handle(request)
  const text = await response.text()
  if (response.status !== 200)
    throw new Error(`${path}: ${response.status} ${text.slice(0, 2_000)}`)
  return text
}

/** Fills in a form of a page and sends it. */
async function submit(
  page: string,
  action: string,
  cookie: string,
  typed: Record<string, string> = {},
): Promise<Response> {
  const html = await see(page, cookie)
  const fields = new URLSearchParams(typed)
  for (const name of ['csrf_token', 'idempotency_key', 'version']) {
    const from = html.slice(html.indexOf(`action="${action}"`))
    const value = new RegExp(`name="${name}" value="([^"]*)"`).exec(from)?.[1]
    if (value) fields.set(name, value)
  }
  return shop.house.app.handle(
    new Request(`http://localhost${action}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: fields.toString(),
    }),
  )
}

test('an endpoint is added, tried, changed, and its secret shown, in the console', async () => {
  const typed = { url: peer.url, types: 'item.*\norder.*', max_concurrency: '3' }
  const created = await submit('/webhooks/new', '/webhooks', owner, typed)
  expect(await created.text()).toMatch(/whsec_[A-Za-z0-9+/]{43}=/)
  const list = await see('/webhooks', owner)
  const id = /\/webhooks\/(whe_\w+)/.exec(list)![1]!

  const tested = await submit(`/webhooks/${id}`, `/webhooks/${id}/test`, owner)
  expect(tested.status).toBe(303)
  for (let tries = 0; tries < 800 && peer.received.length === 0; tries += 1) await Bun.sleep(5)
  const delivery = tested.headers.get('location')!
  for (let tries = 0; tries < 800; tries += 1) {
    if ((await see(delivery, owner)).includes('Attempt 1: 200')) break
    await Bun.sleep(5)
  }
  expect(await see(delivery, owner)).toContain('Attempt 1: 200')
  const replayed = await submit(delivery, `${delivery}/replay`, owner)
  expect(replayed.headers.get('location')).toBe(delivery)

  const wrong = { url: 'ftp://example.com', types: 'item.*' }
  const refused = await submit(`/webhooks/${id}`, `/webhooks/${id}`, owner, wrong)
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('ftp://example.com')
  const right = { ...typed, types: '*', description: 'Our shop' }
  const changed = await submit(`/webhooks/${id}`, `/webhooks/${id}`, owner, right)
  expect(changed.status).toBe(303)
  expect(await see(`/webhooks/${id}`, owner)).toContain('Our shop')
  const revealed = await submit(`/webhooks/${id}`, `/webhooks/${id}/reveal`, owner)
  expect(await revealed.text()).toContain('whsec_')
  const { data } = await shop.done<{ data: Delivery[] }>('GET /v1/webhook_deliveries')
  expect(await see('/webhook-deliveries', owner)).toContain(data[0]!.id)
})

test('events and jobs have their pages; a wrong filter is said, not ignored', async () => {
  await shop.done('POST /v1/items', { sku: 'MUG', name: 'Mug <blue>' })
  const list = await see('/events?type=item.*', owner)
  const id = /\/events\/(evt_\w+)/.exec(list)![1]!
  expect(await see(`/events/${id}`, owner)).toContain('Mug &lt;blue&gt;')
  expect(await see('/jobs', owner)).toContain('No jobs')
  await expect(see('/jobs?state=lost', owner)).rejects.toThrow('422')
})

test('the operator sees the schedule and runs one now; a tenant does not', async () => {
  const scope = systemScope('test')
  expect(await see('/platform/schedules', operator)).toContain('Forget idempotency keys')
  const path = '/platform/schedules/forget_schedule_runs'
  const ran = await submit(path, `${path}/run`, operator)
  expect(ran.status).toBe(303)
  const run = ran.headers.get('location')!
  for (let tries = 0; tries < 800; tries += 1) {
    if ((await see(run, operator)).includes('Succeeded')) break
    await Bun.sleep(5)
  }
  expect(await see(run, operator)).toContain('Succeeded')
  expect(await see(path, operator)).toContain(run)
  await expect(see('/platform/schedules', owner)).rejects.toThrow('403')
  const { data } = shop
  const again = await data.platform.write(scope, (tx) => runNow(tx, { name: 'sweep_webhooks' }))
  expect(again.cause).toBe('manual')
})
