import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import { systemScope } from '../db/scope.ts'
import { day_ms, timestamp } from '../kit/clock.ts'
import { queueMail } from './queue.ts'
import { keepDueMails } from './store.ts'
import type { Mail } from './schema.ts'

let shop: Shop
let without: Shop
let operator: string
beforeAll(async () => {
  const mail = { smtp_url: 'smtp://127.0.0.1:9', from: 'no-reply@host.test' }
  shop = await Shop.open({ services: { mail } })
  without = await Shop.open()
  operator = await shop.operatorToken()
})
afterAll(async () => {
  await shop.close()
  await without.close()
})

const files = () => [shop.data.platform, shop.data.tenants.open(shop.tenant.id)]
beforeEach(async () => {
  for (const file of files()) {
    await file.write(systemScope('test'), (tx) => tx.run('DELETE FROM mails'))
  }
})

/** Kept in the business, for three days. */
const keep = async (organization_id = shop.tenant.organization_id, platform = false) => {
  const tenant_id = platform ? '' : shop.tenant.id
  const file = platform ? shop.data.platform : shop.data.tenants.at(shop.tenant.id)
  const scope = systemScope('test', platform ? '' : organization_id, tenant_id)
  return file.write(scope, (tx) => {
    const expires_at = timestamp(tx.now_ms + 3 * day_ms)
    const about = { kind: 'notice', recipient: 'pim@harbour.test', subject: 'Hear', expires_at }
    const id = queueMail(tx, { ...about, lines: ['Hear.'] })
    keepDueMails(tx, 10)
    return id
  })
}
const stateOf = async (id: string) => (await shop.done<Mail>(`GET /v1/mails/${id}`)).state
const sendKept = () => shop.send<{ queued: number }>('POST /v1/mails/send_kept')

test('what is still good is sent, once, and what ran out is not', async () => {
  const old = await keep()
  shop.clock.advance(2 * day_ms)
  const good = await keep()
  const taken_back = await keep()
  await shop.done(`POST /v1/mails/${taken_back}/cancel`)
  shop.clock.advance(day_ms)
  expect(await shop.done('GET /v1/mails/kept')).toEqual({ count: 1 })
  const both = await Promise.all([sendKept(), sendKept()])
  expect(both.map(({ body }) => body.queued).sort()).toEqual([0, 1])
  expect([await stateOf(old), await stateOf(good), await stateOf(taken_back)]).toEqual([
    'kept',
    'queued',
    'cancelled',
  ])
})

test('an organization sends its own, the operator those of everybody', async () => {
  const north = await shop.organization('North')
  const theirs = await keep(north.id)
  const own = await keep()
  await keep('', true)
  expect((await sendKept()).body).toEqual({ queued: 1 })
  expect(await stateOf(own)).toBe('queued')
  const route = 'POST /v1/platform/mails/send_kept'
  const by = { token: operator }
  expect(await shop.done<object>(route, {}, by)).toEqual({ queued: 1 })
  const seen = { token: north.token }
  const get = () => shop.done<Mail>(`GET /v1/mails/${theirs}`, undefined, seen)
  expect((await get()).state).toBe('kept')
  expect(await shop.done<object>(route, { everywhere: true }, by)).toEqual({ queued: 1 })
  expect((await get()).state).toBe('queued')
})

test('without a mail server there is nothing to send them by', async () => {
  expect((await without.send('POST /v1/mails/send_kept')).body.code).toBe('mail_not_set_up')
  const mara = await Browser.enter(without)
  expect(await mara.visit('/settings/mail')).not.toContain('send-kept')
})

test('one button sends them', async () => {
  await keep()
  const mara = await Browser.enter(shop)
  const html = await mara.visit('/settings/mail')
  expect(html).toContain('One mail is kept and still good.')
  expect(misdeeds(html)).toEqual([])
  const sent = await mara.submit('/settings/mail', {}, '/settings/mail/send-kept')
  expect([sent.location, sent.said]).toEqual(['/settings/mail', 'One mail is on its way.'])
  expect(await mara.visit('/settings/mail')).not.toContain('send-kept')
  const ada = await Browser.enterStaff(shop)
  const kept = await keep()
  const all = await ada.submit('/platform/mail', { everywhere: 'true' }, '/platform/mail/send-kept')
  expect(all.location).toBe('/platform/mail')
  expect(await stateOf(kept)).toBe('queued')
})
