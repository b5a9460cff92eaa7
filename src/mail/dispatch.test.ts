import { afterEach, beforeEach, expect, test } from 'bun:test'
import pino from 'pino'
import { Shop } from '../../tests/shop.ts'
import { systemScope } from '../db/scope.ts'
import { minute_ms, timestamp } from '../kit/clock.ts'
import type { MailSettings } from '../operations/services.ts'
import { MailDispatcher } from './dispatcher.ts'
import { queueMail, type Mail as Wish } from './queue.ts'
import type { Mail } from './schema.ts'
import { knock } from './send.ts'
import { MailPeer, ownCertificate, refusal } from './testing/peer.ts'

let shop: Shop
let peer: MailPeer | undefined
let dispatcher: MailDispatcher | undefined
const hold = (started: MailPeer): MailPeer => (peer = started)

beforeEach(async () => {
  shop = await Shop.open()
  // The owner's invitation is not what these tests are about.
  for (const file of [shop.data.platform, shop.data.tenants.open(shop.tenant.id)]) {
    await file.write(systemScope('test'), (tx) => tx.run('DELETE FROM mails'))
  }
})
afterEach(async () => {
  await dispatcher?.stop()
  await peer?.stop()
  dispatcher = undefined
  peer = undefined
  await shop.close()
})

const invitation: Wish = {
  kind: 'invitation',
  recipient: 'pim@harbour.test',
  subject: 'Join Harbour Goods <now>',
  lines: ['Mara invites you to "Harbour & Sons" <b>today</b>.', 'The link works once.'],
  action: { label: 'Join', path: '/join/secret-1234' },
}

const queue = (mail: Partial<Wish> = {}) =>
  shop.data.tenants
    .at(shop.tenant.id)
    .write(systemScope('test', shop.tenant.organization_id, shop.tenant.id), (tx) =>
      queueMail(tx, { ...invitation, ...mail }),
    )

async function start(mail: MailSettings | undefined): Promise<MailDispatcher> {
  const services = { public_url: 'https://stock.example.com', mail }
  dispatcher = new MailDispatcher({ data: shop.data, services, log: pino({ level: 'fatal' }) })
  dispatcher.start()
  await dispatcher.idle()
  return dispatcher
}

const by = (url: string): MailSettings => ({ smtp_url: url, from: 'Stowage <no-reply@host.test>' })
const get = (id: string) => shop.done<Mail>(`GET /v1/mails/${id}`)

async function after(by_ms: number): Promise<void> {
  shop.clock.advance(by_ms)
  dispatcher!.ring()
  await dispatcher!.idle()
}

test('a mail arrives whole, escaped, and recognisable; its text is emptied', async () => {
  const { url, arrived } = hold(await MailPeer.listen())
  await start(by(url))
  const before = shop.events().length
  const id = await queue({ recipient: 'pim,evil@harbour.test' })
  await dispatcher!.idle()
  expect(arrived).toHaveLength(1)
  expect(arrived[0]).toMatchObject({ from: 'no-reply@host.test' })
  expect(arrived[0]!.to).toHaveLength(1)
  const source = arrived[0]!.text.replaceAll('=\r\n', '')
  expect(source).toContain(`Message-ID: <${id}@stock.example.com>`)
  expect(source).toMatch(/^From: Harbour Goods <no-reply@host\.test>/m)
  expect(source).toContain('Subject: Join Harbour Goods <now>')
  expect(source).toContain('Auto-Submitted: auto-generated')
  expect(source).toContain('Join:\r\nhttps://stock.example.com/join/secret-1234')
  expect(source).toContain('&lt;b&gt;today&lt;/b&gt;')
  expect(await get(id)).toMatchObject({ state: 'sent', has_text: false, attempt_count: 1 })
  expect(shop.events(before)).toEqual(['mail.sent'])
  const stored = shop.data.tenants
    .at(shop.tenant.id)
    .read(systemScope('test'), (read) => read.all('SELECT * FROM mails'))
  expect(JSON.stringify(stored)).not.toContain('secret-1234')
})

test('4xx is tried again after a minute, 5xx is not', async () => {
  const { url, arrived } = hold(
    await MailPeer.listen((nth) => (nth === 1 ? { code: 451, words: 'Greylisted' } : undefined)),
  )
  await start(by(url))
  const id = await queue()
  await dispatcher!.idle()
  expect(await get(id)).toMatchObject({
    state: 'queued',
    attempt_count: 1,
    next_at: timestamp(shop.clock.now() + minute_ms),
    last_error: '451 Greylisted',
  })
  await after(minute_ms - 1)
  expect(arrived).toHaveLength(0)
  await after(1)
  expect(await get(id)).toMatchObject({ state: 'sent', attempt_count: 2, last_error: '' })
  await dispatcher!.stop()
  await peer!.stop()

  const strict = hold(
    await MailPeer.listen(() => undefined, {
      onRcptTo: (_to, _session, done) => done(refusal(550, 'No such person here')),
    }),
  )
  await start(by(strict.url))
  const before = shop.events().length
  const wrong = await queue()
  await dispatcher!.idle()
  expect(await get(wrong)).toMatchObject({
    state: 'failed',
    has_text: true,
    next_at: null,
    last_error: '550 No such person here',
  })
  expect(shop.events(before)).toEqual(['mail.failed'])
})

test('a server that cannot be reached is tried six times in nine hours', async () => {
  hold(await MailPeer.listen())
  const { url } = peer!
  await peer!.stop()
  await start(by(url))
  const id = await queue()
  await dispatcher!.idle()
  const waits_ms = [1, 5, 30, 120, 360].map((minutes) => minutes * minute_ms)
  for (const [tried, wait_ms] of waits_ms.entries()) {
    const { state, attempt_count, next_at } = await get(id)
    expect({ state, attempt_count }).toEqual({ state: 'queued', attempt_count: tried + 1 })
    expect(next_at).toBe(timestamp(shop.clock.now() + wait_ms))
    await after(wait_ms)
  }
  const given_up = await get(id)
  expect(given_up).toMatchObject({ state: 'failed', attempt_count: 6, has_text: true })
  expect(given_up.last_error).toContain('ECONNREFUSED')
  const { state, attempt_count } = await shop.done<Mail>(`POST /v1/mails/${id}/resend`)
  expect({ state, attempt_count }).toEqual({ state: 'queued', attempt_count: 0 })
})

test('a connection that dies: sent again, and recognised by its Message-ID', async () => {
  const endings = ['', 'hang up', 'take it and hang up'] as const
  const { url, arrived } = hold(await MailPeer.listen((nth) => endings[nth] || undefined))
  await start(by(url))
  const id = await queue()
  await dispatcher!.idle()
  expect(await get(id)).toMatchObject({ state: 'queued', attempt_count: 1 })
  await after(minute_ms)
  expect(await get(id)).toMatchObject({ state: 'queued', attempt_count: 2 })
  await after(5 * minute_ms)
  expect(await get(id)).toMatchObject({ state: 'sent', attempt_count: 3 })
  // The second was taken, and its answer was lost on the way: so there is a third, of the same id.
  expect(arrived.map(({ text }) => /^Message-ID: <(.*)@/m.exec(text)?.[1])).toEqual([id, id])
})

test('what a process left behind is sent by the next, once', async () => {
  const ids = await Promise.all(Array.from({ length: 12 }, () => queue()))
  const { url, arrived } = hold(await MailPeer.listen())
  await start(by(url))
  await dispatcher!.idle()
  const sent = arrived.map(({ text }) => /^Message-ID: <(.*)@/m.exec(text)?.[1])
  expect(sent.sort()).toEqual(ids.sort())
})

test('the platform has mail of its own', async () => {
  const { url, arrived } = hold(await MailPeer.listen())
  await start(by(url))
  await shop.data.platform.write(systemScope('test'), (tx) => queueMail(tx, invitation))
  await dispatcher!.idle()
  expect(arrived[0]!.text).toMatch(/^From: Stowage <no-reply@host\.test>/m)
})

test('one that is past its time does not leave', async () => {
  const { url, arrived } = hold(await MailPeer.listen(() => ({ code: 421, words: 'Later' })))
  await start(by(url))
  const id = await queue({ expires_at: timestamp(shop.clock.now() + minute_ms / 2) })
  const old = await queue({ expires_at: timestamp(shop.clock.now() - 1) })
  await dispatcher!.idle()
  expect(await get(id)).toMatchObject({ state: 'failed', last_error: '421 Later' })
  expect(await get(old)).toMatchObject({ state: 'failed', attempt_count: 1 })
  expect(peer!.seen).toBe(1)
  expect(arrived).toHaveLength(0)
})

test('without a server it is kept, and goes when there is one', async () => {
  await start(undefined)
  const id = await queue()
  await dispatcher!.idle()
  expect(await get(id)).toMatchObject({ state: 'kept', has_text: true, next_at: null })
  await dispatcher!.stop()
  const { url, arrived } = hold(await MailPeer.listen())
  await start(by(url))
  expect(arrived).toHaveLength(0)
  await shop.done(`POST /v1/mails/${id}/resend`)
  await dispatcher!.idle()
  expect(arrived).toHaveLength(1)
})

const own = ownCertificate()
if (!own) process.stdout.write('mail: no openssl here, STARTTLS was not tried\n')

test.skipIf(!own)('the name and the password are told to a server we trust alone', async () => {
  const { key, cert } = own!
  const users: string[] = []
  hold(
    await MailPeer.listen(() => undefined, {
      key,
      cert,
      disabledCommands: [],
      authOptional: false,
      allowInsecureAuth: false,
      onAuth: ({ username = '', password }, _session, done) => {
        users.push(username)
        if (password === 'p@ss:word') done(null, { user: username })
        else done(refusal(535, 'Wrong password'))
      },
    }),
  )
  const url = (password: string) =>
    `smtp://stowage:${encodeURIComponent(password)}@localhost:${peer!.port}`
  const known = { ...by(url('p@ss:word')), ca: cert }
  await start(known)
  const id = await queue()
  await dispatcher!.idle()
  expect(await get(id)).toMatchObject({ state: 'sent' })
  expect(peer!.arrived[0]).toMatchObject({ secure: true, user: 'stowage' })
  await dispatcher!.stop()

  // Our own mistake is mended sooner or later: the mail waits for that.
  await start({ ...by(url('wrong')), ca: cert })
  const waits = await queue()
  await dispatcher!.idle()
  expect(await get(waits)).toMatchObject({ state: 'queued', last_error: '535 Wrong password' })
  await dispatcher!.stop()

  const tried = users.length
  await expect(knock(by(url('p@ss:word')))).rejects.toThrow(/certificate/i)
  expect(users).toHaveLength(tried)
  await knock(known)
  expect(users).toHaveLength(tried + 1)
})
