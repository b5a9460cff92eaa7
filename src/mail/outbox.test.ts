import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import type { AuditEntry } from '../audit/schema.ts'
import { systemScope } from '../db/scope.ts'
import type { Write } from '../db/session.ts'
import { day_ms, timestamp } from '../kit/clock.ts'
import { openOutward } from '../operations/outward.ts'
import { queueMail, type Mail as Wish } from './queue.ts'
import { forgetMails } from './schedules.ts'
import type { Mail, OpenedMail } from './schema.ts'
import { sendTestMail } from './send-test.ts'
import { keepDueMails } from './store.ts'
import { MailPeer } from './testing/peer.ts'

const hostile = '<b onclick=x>'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
  const file = shop.data.tenants.open(shop.tenant.id)
  await file.write(systemScope('test'), (tx) => tx.run('DELETE FROM mails'))
})
afterAll(() => shop.close())

const reset: Wish = {
  kind: 'password_reset',
  recipient: 'june@harbour.test',
  subject: `A new password ${hostile}`,
  lines: [`Somebody asked for it ${hostile}.`],
  action: { label: 'Choose one', path: '/reset/s3cret' },
}

const file = () => shop.data.tenants.at(shop.tenant.id)
const queue = (mail: Partial<Wish> = {}, organization_id = shop.tenant.organization_id) =>
  file().write(systemScope('test', organization_id, shop.tenant.id), (tx) =>
    queueMail(tx, { ...reset, ...mail }),
  )
const list = async (query = '', init = {}) =>
  (await shop.done<{ data: Mail[] }>(`GET /v1/mails?${query}`, undefined, init)).data
const token = async (scopes: string[]) =>
  (await shop.done<{ token: string }>('POST /v1/tokens', { name: 'T', scopes })).token

test('mails are found by state, kind and recipient, without their text', async () => {
  const id = await queue()
  await queue({ kind: 'invitation', recipient: 'Pim@harbour.test' })
  await shop.done(`POST /v1/mails/${id}/cancel`)
  expect((await list('state=cancelled')).map((mail) => mail.id)).toEqual([id])
  expect((await list('kind=invitation')).map(({ kind }) => kind)).toEqual(['invitation'])
  expect((await list('recipient=pim')).map(({ recipient }) => recipient)).toEqual([
    'Pim@harbour.test',
  ])
  expect(await list('recipient=harbour')).toEqual([])
  expect(JSON.stringify(await list())).not.toContain('s3cret')
})

test('the text is for those who may open it, and that they did is noted', async () => {
  const id = await queue()
  const reads = await token(['*.read'])
  expect((await shop.send(`GET /v1/mails/${id}`, undefined, { token: reads })).status).toBe(200)
  expect((await shop.send(`POST /v1/mails/${id}/open`, undefined, { token: reads })).status).toBe(
    403,
  )
  const opened = await shop.done<OpenedMail>(`POST /v1/mails/${id}/open`)
  expect(opened).toMatchObject({ action: reset.action, lines: [...reset.lines], state: 'queued' })
  const { data } = await shop.done<{ data: AuditEntry[] }>(`GET /v1/audit?subject_id=${id}`)
  expect(data.map(({ action }) => action)).toEqual(['mails.open'])
  expect(JSON.stringify(data)).not.toContain('s3cret')
})

test('who may open mails does not open what goes to an owner', async () => {
  const owner = { name: 'Ada', email: 'ada@harbour.test', role: 'owner' }
  await shop.done('POST /v1/members', owner)
  const to_owner = await queue({ recipient: 'ADA@harbour.test' })
  const to_other = await queue()
  const role = { name: 'Post', permissions: ['*.read', 'mails.open'] }
  const { id: role_id } = await shop.done<{ id: string }>('POST /v1/roles', role)
  const clerk = await Browser.enter(shop, role_id)
  const open = (id: string) => clerk.submit(`/settings/mail/${id}`, {}, `/settings/mail/${id}/open`)
  expect((await open(to_owner)).html).toContain('only an owner opens it')
  expect((await open(to_other)).html).toContain('http://localhost/reset/s3cret')
  const mails = await token(['mails.*'])
  const answer = await shop.send(`POST /v1/mails/${to_owner}/open`, undefined, { token: mails })
  expect(answer.body.code).toBe('exceeds_own_rights')
})

test('what was sent or taken back stays so', async () => {
  const id = await queue()
  const [one, other] = await Promise.all([
    shop.send<Mail>(`POST /v1/mails/${id}/cancel`),
    shop.send<Mail>(`POST /v1/mails/${id}/cancel`),
  ])
  expect([one.status, other.status].sort()).toEqual([200, 409])
  expect((await shop.send(`POST /v1/mails/${id}/resend`)).body.code).toBe('mail_state')
  expect((await shop.send(`POST /v1/mails/${id}/open`)).body.code).toBe('mail_emptied')
})

test('a mail of one organization is not there for another', async () => {
  const north = await shop.organization('North')
  const id = await queue({}, north.id)
  expect((await shop.send(`GET /v1/mails/${id}`)).status).toBe(404)
  expect((await list('', { token: north.token })).map((mail) => mail.id)).toEqual([id])
})

test('a mail that nobody put anywhere is in the outbox of the file it was written into', async () => {
  const anywhere = (tx: Write) => queueMail(tx, { ...reset, kind: 'homeless' })
  const homeless = await file().write(systemScope('test'), anywhere)
  expect((await list('kind=homeless')).map((mail) => mail.id)).toEqual([homeless])
  const theirs = systemScope('test', shop.tenant.organization_id, shop.tenant.id)
  const lost = await shop.data.platform.write(theirs, anywhere)
  const token = await shop.operatorToken()
  const { data } = await shop.done<{ data: Mail[] }>(
    'GET /v1/platform/mails?kind=homeless',
    undefined,
    { token },
  )
  expect(data.map(({ id }) => id)).toEqual([lost])
})

test('after its time a mail is emptied, and later forgotten', async () => {
  const id = await queue({ expires_at: timestamp(shop.clock.now() + day_ms) })
  await file().write(systemScope('test'), (tx) => keepDueMails(tx, 100))
  shop.clock.advance(day_ms)
  const run = () =>
    forgetMails.run({
      ...{ run_id: 'run', due_at: '', data: shop.data, services: shop.house.door.services },
      ...{ log: shop.house.door.log, signal: new AbortController().signal },
      eachTenant: (work) => work(file()),
    })
  expect((await shop.send(`POST /v1/mails/${id}/resend`)).body.code).toBe('mail_emptied')
  expect(await run()).toMatchObject({ emptied: 1, forgotten: 0 })
  expect(await shop.done(`GET /v1/mails/${id}`)).toMatchObject({ state: 'kept', has_text: false })
  shop.clock.advance(91 * day_ms)
  expect(await run()).toMatchObject({ forgotten: expect.any(Number) as number })
  expect((await shop.send(`GET /v1/mails/${id}`)).status).toBe(404)
})

test('the page says what is kept, and how mail is set up', async () => {
  const mara = await Browser.enter(shop)
  expect(await mara.visit('/settings/mail?kind=nothing')).toContain('No mail like this')
  const id = await queue()
  const page = await mara.visit('/settings/mail')
  expect(page).toContain('No mail server is set')
  expect(page).toContain(`/settings/mail/${id}`)
  expect(misdeeds(page, hostile)).toEqual([])
  const opened = await mara.submit(`/settings/mail/${id}`, {}, `/settings/mail/${id}/open`)
  expect(opened.html).toContain('http://localhost/reset/s3cret')
  expect(misdeeds(opened.html, hostile)).toEqual([])
  const back = await mara.submit(`/settings/mail/${id}`, {}, `/settings/mail/${id}/cancel`)
  expect(back.said).toBe('It is taken back.')
})

test('the operator tries the mail server, and hears what it says', async () => {
  const operator = { token: await shop.operatorToken() }
  const wish = { recipient: 'ada@operator.test' }
  const without = await shop.send('POST /v1/platform/mails/test', wish, operator)
  expect(without.body.code).toBe('mail_not_set_up')
  const peer = await MailPeer.listen((nth) =>
    nth === 1 ? undefined : { code: 552, words: 'Mailbox full' },
  )
  const { door } = shop.house
  const mail = { smtp_url: peer.url, from: 'no-reply@host.test' }
  const services = { ...door.services, mail }
  const outward = openOutward({ data: shop.data, services }, '', systemScope('test'))
  const first = await sendTestMail(outward, wish)
  expect(first).toMatchObject({ arrived: true, words: '250 OK: kept as 1' })
  const second = await sendTestMail(outward, wish)
  expect(second).toMatchObject({ arrived: false, words: '552 Mailbox full' })
  expect([first.mail.state, second.mail.state]).toEqual(['sent', 'failed'])
  await peer.stop()
})
