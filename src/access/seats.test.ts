import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import type { Terms } from '../kit/terms.ts'
import type { Scope } from '../db/scope.ts'
import type { Sync, Write } from '../db/session.ts'
import { addMember } from './add-member.ts'
import { acceptInvitation } from './invitations/accept.ts'
import { sendInvitation } from './invitations/send.ts'
import { mailedPaths } from './testing/stranger.ts'
import { recordAudit } from '../audit/record.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const withSeats = (seats: number): Terms => ({
  plan: { code: 'small', name: 'Small' },
  refusals: {},
  limits: { seats },
  quotas: {},
  rates: {},
  is_paying: false,
  time_zone: 'UTC',
  period_day: 1,
})

const write = <T>(seats: number, work: (tx: Write) => Sync<T>): Promise<T> => {
  const { id: tenant_id, organization_id } = shop.tenant
  const scope: Scope = { ...shop.scope, tenant_id, organization_id, terms: withSeats(seats) }
  return shop.data.tenants.at(tenant_id).write(scope, work)
}
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  )
const person = (email: string) => ({ email, name: 'Somebody', role: 'member' })

test('people are counted once, however they come in, and a plan has room for so many', async () => {
  const seats = (await shop.done<{ data: unknown[] }>('GET /v1/members')).data.length + 2
  expect(await codeOf(write(seats, (tx) => addMember(tx, person('a@seat.test'))))).toBe('none')
  await write(seats, (tx) => sendInvitation(tx, person('b@seat.test')))
  await write(seats, (tx) => sendInvitation(tx, person('c@seat.test')))
  const links = mailedPaths(shop.data.tenants.open(shop.tenant.id), 'invitation').slice(-2)
  const join = (link: string) =>
    acceptInvitation(
      shop.data,
      link.replace('/join/', ''),
      { name: 'B', password: 'three gulls over the pier' },
      { ip: '', user_agent: '', request_id: '' },
      { audit: recordAudit, terms: withSeats(seats) },
    )
  // Two take the last seat at once: one gets it.
  const codes = await Promise.all(links.map((link) => codeOf(join(link))))
  expect(codes.sort()).toEqual(['limit_reached', 'none'])
  const another = (email: string) => codeOf(write(seats, (tx) => sendInvitation(tx, person(email))))
  expect(await another('d@seat.test')).toBe('limit_reached')
  const add = codeOf(write(seats, (tx) => addMember(tx, person('e@seat.test'))))
  expect(await add).toBe('limit_reached')
})
