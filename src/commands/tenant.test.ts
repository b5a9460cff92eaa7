import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import type { CreatedTenant } from '../tenants/schema.ts'
import { findCommand, parseWords, UsageError } from './command.ts'
import { house_commands } from './house-commands.ts'
import type { Installation } from './installation.ts'
import type { Settings } from './settings.ts'

let shop: Shop
let quay: CreatedTenant
beforeAll(async () => {
  shop = await Shop.open()
  const wish = { name: 'Quay', domain: 'quay', admin_email: 'ida@quay.test' }
  const token = await shop.operatorToken()
  quay = await shop.done('POST /v1/platform/tenants', wish, { token })
})
afterAll(() => shop.close())

/** As it is typed. */
async function type(...words: string[]): Promise<string> {
  const command = findCommand(house_commands, words)!
  const { data, house } = shop
  const installation = { data, house, services: house.door.services } as Installation & Settings
  const said: string[] = []
  await command.run(parseWords(command, words).words, installation, (line) => said.push(line))
  return said.join('\n')
}

const refusal = (...words: string[]): Promise<unknown> =>
  type(...words).then(
    () => undefined,
    (error: unknown) => error,
  )

test('a business is closed, reopened and erased from the keyboard', async () => {
  const { id } = quay.tenant
  expect(await refusal('tenant', 'close', id, '--grace', 'soon')).toBeInstanceOf(UsageError)
  expect(await refusal('tenant', 'reopen', id)).toMatchObject({ code: 'conflict' })
  const closed = await type(
    'tenant',
    'close',
    id,
    '--grace',
    '5',
    '--reason',
    'The contract ended.',
  )
  expect(closed).toContain('closing')
  const rows = shop.data.platform.read(shop.scope, (read) =>
    read.all('SELECT closes_at, status_reason FROM tenants WHERE id = ?', id),
  )
  expect(rows).toEqual([
    { closes_at: '2026-11-26T09:00:00.000Z', status_reason: 'The contract ended.' },
  ])
  expect(await type('tenant', 'reopen', id)).not.toContain('closing')

  const wrong = ['tenant', 'erase', id, '--confirm', 'another', '--reason', 'Asked for.']
  expect(await refusal(...wrong)).toMatchObject({ code: 'invalid' })
  expect(shop.data.tenants.exists(id)).toBe(true)
  const erased = await type('tenant', 'erase', id, '--confirm', 'quay', '--reason', 'Asked for.')
  expect(erased).toContain('done')
  expect(erased).toMatch(/Signature: [0-9a-f]{128}/)
  expect(shop.data.tenants.exists(id)).toBe(false)
})
