import { afterAll, beforeAll, expect, test } from 'bun:test'
import pino from 'pino'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { JobRunner } from '../jobs/runner.ts'
import type { UsageExport } from './schema.ts'
import { jobs } from './export.ts'
import { meter } from './meter.ts'
import { Metered } from './testing/metered.ts'
import { watch } from './watch.ts'

const hostile = '<b onclick=x>'

let metered: Metered
let mara: Browser
let operator: { token: string }

beforeAll(async () => {
  metered = await Metered.open({ quotas: { labels: { included: 10, hard: true } } })
  operator = { token: await metered.shop.operatorToken() }
  mara = await Browser.enter(metered.seen)
})
afterAll(() => metered.close())

const use = (quantity: number, about: object = {}) =>
  metered.file.write(metered.scope, (tx) => meter(tx, 'labels', tx.id('key'), quantity, about))

test('a business that used nothing yet sees what will be here', async () => {
  const html = await mara.visit('/settings/usage')
  expect(html).toContain('API calls')
  expect(html).toContain('looked at every hour')
  expect(html).toContain('not read yet')
  expect(await mara.visit('/settings/usage/records')).toContain('Nothing was used yet')
  expect(misdeeds(html)).toEqual([])
})

test('what was used is shown, by day and line by line, with a correction beside it', async () => {
  await use(8, { subject_id: 'shp_01h455vb4pex5vsknk084sn02q' })
  const route = `POST /v1/platform/tenants/${metered.shop.tenant.id}/usage/corrections`
  const reason = `Counted twice ${hostile}`
  await watch({ data: metered.shop.data, services: metered.services }, metered.file)
  await metered.send(route, { meter: 'labels', quantity: -2, reason }, operator)
  const html = await mara.visit('/settings/usage?meter=labels')
  expect(html).toContain('Labels by day')
  expect(html).toMatch(/<strong class="nowrap">6<\/strong>/)
  // It had been 80 % before the correction: what was told stays.
  expect(html).toContain('80 % of the 10 that are included were reached')
  expect(html).toMatch(/60 %/)
  const lines = await mara.visit('/settings/usage/records?meter=labels')
  expect(lines).toContain('href="/shipments/shp_01h455vb4pex5vsknk084sn02q"')
  expect(lines).toContain('-2')
  expect(lines).toContain('(Operator)')
  for (const page of [html, lines]) expect(misdeeds(page, hostile)).toEqual([])
  expect(await mara.visit('/settings/usage/records?meter=jobs')).toContain('No such line')
  const none = await mara.visit('/settings/usage/records?from=2026-12-01')
  expect(none).toContain('No such line')
})

test('of a period that is over its own days are shown', async () => {
  const html = await mara.visit('/settings/usage?period=previous&meter=labels')
  expect(html).toContain('<title>Labels by day: 10-01 0')
  expect(html).toContain('10-31 0</title>')
  const hours = await mara.visit('/settings/usage?period=previous&meter=labels&by=hour')
  expect(hours).toContain('Labels by hour')
})

test('near the end of a quota stands the way to more, for who may choose it', async () => {
  metered.under({ quotas: { labels: { included: 7, hard: true } } })
  const html = await mara.visit('/settings/usage')
  expect(html).toContain('more is refused until the next period')
  expect(html).toContain('href="/settings/plan#compare"')
  const otto = await Browser.enterStaff(metered.seen)
  const seen = await otto.visit(`/platform/tenants/${metered.shop.tenant.id}/usage`)
  expect(seen).toContain('<h1>Usage of Harbour Goods</h1>')
  expect(seen).not.toContain('#compare')
  metered.under({ quotas: { labels: { included: 10, hard: true } } })
  expect(await mara.visit('/settings/usage')).not.toContain('#compare')
})

test('a member of one organization sees what that one used, and no quota', async () => {
  const east = await metered.shop.organization('East')
  const ida = await Browser.enter(metered.seen, 'admin', east.token)
  await use(5, { organization_id: east.id })
  const html = await ida.visit('/settings/usage')
  expect(html).toMatch(/<strong class="nowrap">5<\/strong>/)
  expect(html).not.toContain('Of what is included')
  expect(html).not.toContain('Storage')
  const lines = await ida.visit('/settings/usage/records')
  expect(lines).not.toContain('Counted twice')
})

test('the lines are exported for a spreadsheet, each organization its own', async () => {
  const log = pino({ level: 'silent' })
  const { data, tenant } = metered.shop
  const runner = new JobRunner({ data, services: metered.services, log, kinds: jobs })
  runner.start()
  const sent = await mara.submit(
    '/settings/usage/records?meter=labels',
    {},
    '/settings/usage/export',
  )
  expect(sent.said).toBe('The export is being made.')
  const exports = async () =>
    (await metered.shop.done<{ data: UsageExport[] }>('GET /v1/usage/exports')).data
  while (['queued', 'running'].includes((await exports())[0]!.state)) await Bun.sleep(5)
  await runner.stop()
  const [made] = await exports()
  expect(made).toMatchObject({ state: 'succeeded', lines: 3, error: null })
  const html = await mara.visit('/settings/usage/records')
  expect(html).toContain(`/files/usage/exports/${made!.id}/file`)
  const file = await metered.shop.send(`GET /v1/usage/exports/${made!.id}/file`)
  const [head, ...rows] = file.text.trimEnd().split('\r\n')
  expect(head).toStartWith('id,meter,quantity,organization_id')
  expect(rows.map((row) => row.split(',').slice(1, 4))).toEqual([
    ['labels', '8', tenant.organization_id],
    ['labels', '-2', ''],
    ['labels', '5', expect.stringMatching(/^org_/) as unknown as string],
  ])
})

test('the operator sees the business among all, corrects it, and is told what is wrong', async () => {
  await watch({ data: metered.shop.data, services: metered.services }, metered.file)
  const staff = await Browser.enterStaff(metered.seen)
  const all = await staff.visit('/platform/usage?meter=labels')
  expect(all).toContain('Harbour Goods')
  expect(all).toContain('110 %')
  const here = `/platform/tenants/${metered.shop.tenant.id}/usage`
  const action = `${here}/corrections`
  const typed = { meter: 'labels', quantity: '-99', reason: 'Counted by mistake' }
  const refused = await staff.submit(here, typed, action)
  expect(refused.status).toBe(422)
  expect(refused.html).toContain('take away no more')
  const done = await staff.submit(here, { ...typed, quantity: '-1' }, action)
  expect([done.location, done.said]).toEqual([here, 'The correction is added.'])
  expect(await staff.visit(`${here}/records?meter=labels`)).toContain('Counted by mistake')
})
