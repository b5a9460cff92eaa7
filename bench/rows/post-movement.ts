/** One posting over HTTP with everything around it, beside raw transactions of SQLite. */
import { drive, requestText } from '../load/drive.ts'
import { rawLedger } from '../raw/run.ts'
import { inMs, inTurns, median, perSecond, ratioOf, type Finding, type Row } from '../row.ts'
import { startOurs } from '../servers/start.ts'
import { onStage, stageShop } from '../stage/shop.ts'

const clients = 64

export const postMovement: Row = async ({ folder, size, say }) => {
  const shop = await onStage(folder, (data) => stageShop(data, 'Writes', 1_000))
  const { token } = shop.tenant
  const requests = shop.item_ids.map((item_id) =>
    requestText({
      method: 'POST',
      path: '/v1/stock/adjustments',
      token,
      body: { reason: 'found', lines: [{ item_id, location_id: shop.bin_id, quantity: '1' }] },
    }),
  )
  const server = await startOurs({ data: `${folder}/data` })
  const duration_ms = size.round_ms
  const ours = async () => {
    const plan = { port: server.port, connections: clients, duration_ms, requests }
    const { per_second, p99_ms } = await drive(plan, 201)
    return { per_second, p99_ms }
  }
  const raw = (sync: 'after' | 'full') => () => rawLedger({ folder, clients, duration_ms, sync })
  try {
    await ours()
    const all = await inTurns(size.rounds, [ours, raw('after'), raw('full')])
    const [rates, after, full] = all.map((each) => each.map(({ per_second }) => per_second))
    const p99_ms = median(all[0]!.map((load) => load.p99_ms))
    say(`postings: ${perSecond(median(rates!))} beside ${perSecond(median(after!))}`)
    return findings(rates!, after!, full!, p99_ms)
  } finally {
    await server.stop()
  }
}

function findings(ours: number[], after: number[], full: number[], p99_ms: number): Finding[] {
  const [ratio_after, ratio_full] = [ratioOf(ours, after), ratioOf(ours, full)]
  const what = '`POST` one posting with everything, 64 clients'
  const measured = perSecond(median(ours))
  return [
    {
      what: `${what}; both sync after the commit, off the loop`,
      measured: `${measured}; raw SQLite ${perSecond(median(after))}`,
      ratio: ratio_after.toFixed(2),
      hold: '≥ 0.35 of raw group-committed ledger transactions',
      met: ratio_after >= 0.35,
      numbers: [median(ours), median(after), ratio_after],
    },
    {
      what: `${what}; raw SQLite syncs inside COMMIT (FULL)`,
      measured: `${measured}; raw SQLite ${perSecond(median(full))}`,
      ratio: ratio_full.toFixed(2),
      hold: '≥ 0.35 of raw group-committed ledger transactions',
      met: ratio_full >= 0.35,
      numbers: [median(full), ratio_full],
    },
    {
      what: `${what}: p99`,
      measured: inMs(p99_ms),
      hold: '< 30 ms',
      met: p99_ms < 30,
      numbers: [p99_ms],
    },
  ]
}
