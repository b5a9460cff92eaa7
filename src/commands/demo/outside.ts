/** What is connected to the shop: systems that listen, and tokens they come in with. */
import type { IssuedToken } from '../../access/schema.ts'
import { day_ms, timestamp } from '../../kit/clock.ts'
import type { Desk } from './desk.ts'
import { hook_paths } from './receiver.ts'

/** @param receiver where the demonstration listens, `http://127.0.0.1:3212` */
export async function listenOutside(desk: Desk, receiver: string): Promise<void> {
  const listen = (path: string, description: string, types: string[]) =>
    desk.do('systems', 'webhook_endpoints.create', {
      ...{ url: `${receiver}${path}`, description, types },
    })
  await listen(hook_paths.shop, 'Web shop: tells customers what happens', [
    'sales_order.*',
    'shipment.*',
    'return.*',
  ])
  await listen(hook_paths.books, 'Bookkeeping: goods received and paid back', [
    'purchase_order.*',
    'return.closed',
    'stock.adjusted',
  ])
  await listen(hook_paths.wall, 'Wall display at the bench: often switched off', [
    'sales_order.placed',
  ])
  await listen(hook_paths.gone, 'The shop system of before', ['sales_order.*'])
}

export async function handOutTokens(desk: Desk): Promise<void> {
  const issue = (wish: object) => desk.do<IssuedToken>('owner', 'tokens.create', wish)
  await issue({ name: 'Web shop', scopes: ['items.read', 'stock.read', 'orders.*'] })
  await issue({
    ...{ name: 'Scanners', scopes: ['stock.*', 'orders.*', 'purchasing.receive'] },
    allowed_ips: ['10.20.0.0/16'],
  })
  const expires_at = timestamp(desk.clock.now() + 30 * day_ms)
  await issue({ name: 'Year-end audit', scopes: ['*.read'], expires_at })
  const { id } = await issue({ name: 'The shop system of before', scopes: ['orders.*'] })
  await desk.do('owner', 'tokens.revoke', { id })
}
