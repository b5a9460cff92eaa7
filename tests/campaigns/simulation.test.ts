/** The simulation at the size of the gate; `SIMULATION_COMMANDS` and `SIMULATION_SEED` change it. */
import { expect, test } from 'bun:test'
import { runSimulation } from './simulation.ts'

const commands = Number(process.env.SIMULATION_COMMANDS ?? 1_500)
const seed = Number(process.env.SIMULATION_SEED ?? 20_261_121)

/** What has to succeed at least once: a simulation that is only ever refused says nothing. */
const done = `
  stock.adjust stock.move postings.reverse transfers.create transfers.receive counts.post
  reservations.create reservations.confirm reservations.release
  purchase_orders.send purchase_orders.receive receipts.reverse
  sales_orders.place sales_orders.pick sales_orders.pack sales_orders.unpack sales_orders.put_back
  sales_orders.ship sales_orders.void_dispatch sales_orders.deliver sales_orders.cancel
  shipments.create shipments.purchase shipments.void shipments.settle trackers.refresh
  returns.authorize returns.receive returns.inspect`

/** What somebody has to be refused with. */
const refused = `
  insufficient_stock over_receipt version_mismatch version_required not_found invalid_quantity
  idempotency_key_reused idempotency_key_required order_state not_allocated`

const words = (text: string): string[] => text.trim().split(/\s+/)

test(
  `${commands} random commands over all rooms from seed ${seed} keep every invariant`,
  async () => {
    const { outcomes, undeclared, agreed, requests } = await runSimulation({ commands, seed })
    expect([...undeclared]).toEqual([])
    expect(agreed).toBeGreaterThan(requests / 3)
    const codes = new Set([...outcomes.values()].flatMap((known) => [...known.keys()]))
    expect(words(refused).filter((code) => !codes.has(code))).toEqual([])
    expect(words(done).filter((id) => !outcomes.get(id)?.has('ok'))).toEqual([])
  },
  120_000 + commands * 60,
)
