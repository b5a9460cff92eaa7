import { expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import { eventTypes } from '../app.ts'

test('the catalogue has every event, each with an example that fits its shape', async () => {
  const shop = await Shop.open()
  const { data } = await shop.done<{ data: { type: string; example: object }[] }>(
    'GET /v1/event_types',
  )
  expect(data.map(({ type }) => type).sort()).toEqual(eventTypes.map(({ type }) => type).sort())
  for (const { type, example } of data) expect([type, Object.keys(example)]).not.toEqual([type, []])
  await shop.close()
})
