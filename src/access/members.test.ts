import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import type { AddedMember, Member } from './schema.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const add = (email: string, role: string, token = shop.tenant.token) =>
  shop.send<AddedMember>('POST /v1/members', { email, name: 'Someone', role }, { token })

test('a member is added, gets another role, and is removed, and each step is told', async () => {
  const before = shop.events().length
  const added = await add('pim@harbour.test', 'member')
  expect(added.status).toBe(201)
  const { id } = added.body
  const changed = await shop.done<Member>(`PATCH /v1/members/${id}`, { role: 'developer' })
  expect(changed.role).toBe('developer')
  const found = await shop.done<{ data: Member[] }>('GET /v1/members?search=PIM')
  expect(found.data).toEqual([changed])
  await shop.done(`DELETE /v1/members/${id}`)
  expect((await shop.send(`GET /v1/members/${id}`)).status).toBe(404)
  expect(shop.events(before)).toEqual(['member.added', 'member.updated', 'member.removed'])
})

test('a person is a member once; one who has an account elsewhere is invited', async () => {
  const first = await add('ida@harbour.test', 'viewer')
  expect(first.body.setup_path).toBeString()
  const again = await add('IDA@harbour.test', 'admin')
  expect(again.body).toMatchObject({ code: 'member_exists', member_id: first.body.id })
  const north = await shop.organization('North')
  const there = await add('ida@harbour.test', 'admin', north.token)
  expect([there.status, there.body]).toMatchObject([409, { code: 'person_known' }])
  const list = await shop.done<{ data: Member[] }>('GET /v1/members', undefined, north)
  expect(list.data).toEqual([])
})

test('members of another organization are not found', async () => {
  const south = await shop.organization('South')
  const { id } = (await add('ole@harbour.test', 'viewer')).body
  for (const [route, body] of [
    [`GET /v1/members/${id}`],
    [`PATCH /v1/members/${id}`, { role: 'admin' }],
    [`DELETE /v1/members/${id}`],
    [`POST /v1/members/${id}/setup_link`],
  ] as [string, unknown?][]) {
    expect((await shop.send(route, body, { token: south.token })).status).toBe(404)
  }
  const list = await shop.done<{ data: Member[] }>('GET /v1/members', undefined, south)
  expect(list.data).toEqual([])
})

test('somebody stays the owner: of two who leave at once, one must stay', async () => {
  const west = await shop.organization('West')
  const owners = [
    (await add('a@west.test', 'owner', west.token)).body.id,
    (await add('b@west.test', 'owner', west.token)).body.id,
  ]
  const answers = await Promise.all(
    owners.map((id) => shop.send(`DELETE /v1/members/${id}`, undefined, west)),
  )
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
  const stays = owners[answers.findIndex((answer) => answer.status === 409)]!
  const demoted = await shop.send(`PATCH /v1/members/${stays}`, { role: 'admin' }, west)
  expect(demoted.body.code).toBe('last_owner')
})

test('nobody gives a role that can do more than he can', async () => {
  const wish = { name: 'Team', scopes: ['members.*', '*.read'] }
  const { token } = await shop.done<{ token: string }>('POST /v1/tokens', wish)
  expect((await add('up@harbour.test', 'owner', token)).body).toMatchObject({
    code: 'exceeds_own_rights',
  })
  expect((await add('up@harbour.test', 'viewer', token)).status).toBe(201)
})

test('staff are people of the operator, and one operator stays', async () => {
  const token = await shop.operatorToken()
  const wish = { email: 'ada@operator.test', name: 'Ada', role: 'operator' }
  const ada = await shop.done<AddedMember>('POST /v1/platform/staff', wish, { token })
  expect(ada.setup_path).toMatch(/^\/setup\/[\w-]{43}$/)
  const gone = await shop.send(`DELETE /v1/platform/staff/${ada.id}`, undefined, { token })
  expect(gone.body.code).toBe('last_owner')
  const roles = await shop.done<{ data: { name: string }[] }>('GET /v1/roles')
  expect(roles.data.map(({ name }) => name)).toContain('developer')
})
