/** Writes over many files, and reads beside writes on a disk that is slow to sync. */
import { drive, requestText } from '../load/drive.ts'
import {
  inMs,
  inTurns,
  median,
  perSecond,
  type Bench,
  type Finding,
  type Row,
  type Skipped,
} from '../row.ts'
import { startOurs } from '../servers/start.ts'
import { buildSlowSync } from '../slow-disk/build.ts'
import { onStage, stageShop, type StagedShop } from '../stage/shop.ts'

const clients = 256
const slow_sync_us = 4_000

export const spreadWrites: Row = async (bench) => {
  const shops = await onStage(bench.folder, async (data) => {
    const made: StagedShop[] = []
    for (let number = 0; number < bench.size.spread_tenants; number++) {
      made.push(await stageShop(data, `Spread${number}`, 1))
    }
    return made
  })
  return [await spread(bench, shops), await besideWrites(bench, shops)]
}

async function spread({ folder, size }: Bench, shops: readonly StagedShop[]): Promise<Finding> {
  const requests = shops.map(adjustment)
  const server = await startOurs({ data: `${folder}/data` })
  try {
    const plan = { port: server.port, connections: clients, duration_ms: size.round_ms, requests }
    const [rates] = await inTurns(size.rounds, [() => drive(plan, 201)])
    const rate = median(rates!.map(({ per_second }) => per_second))
    return {
      what: `writes over ${shops.length} tenants, ${clients} clients`,
      measured: perSecond(rate),
      hold: '≥ 5,000/s on a disk that syncs in 0.2 ms',
      met: rate >= 5_000,
      numbers: [rate],
    }
  } finally {
    await server.stop()
  }
}

/** Half of the businesses write without a pause while the first one is read. */
async function besideWrites(
  { folder, size }: Bench,
  shops: readonly StagedShop[],
): Promise<Finding | Skipped> {
  const what = `reads beside writes, each sync ${inMs(slow_sync_us / 1_000)} longer`
  const shim = buildSlowSync(folder)
  if (!shim) return { what, skipped: 'there is no C compiler to build the shim with' }
  const environment = { LD_PRELOAD: shim, SLOW_SYNC_US: String(slow_sync_us) }
  const server = await startOurs({ data: `${folder}/data`, environment })
  try {
    const plan = { port: server.port, duration_ms: size.round_ms }
    const reads = { ...plan, connections: 64, requests: [reading(shops[0]!)] }
    const writes = { ...plan, connections: 16, requests: shops.slice(1).map(adjustment) }
    const both = () => Promise.all([drive(reads, 200), drive(writes, 201)])
    await both()
    const [all] = await inTurns(size.rounds, [both])
    const [read, written] = [0, 1].map((index) =>
      median(all!.map((each) => each[index]!.per_second)),
    )
    return {
      what,
      measured: `${perSecond(read!)} beside ${perSecond(written!)} writes`,
      hold: '≥ 25,000/s',
      met: read! >= 25_000,
      numbers: [read!, written!],
    }
  } finally {
    await server.stop()
  }
}

const reading = ({ tenant, item_ids, bin_id }: StagedShop): string => {
  const path = `/v1/items/${item_ids[0]}/levels/${bin_id}`
  return requestText({ method: 'GET', path, token: tenant.token })
}

const adjustment = ({ tenant, item_ids, bin_id }: StagedShop): string => {
  const lines = [{ item_id: item_ids[0]!, location_id: bin_id, quantity: '1' }]
  const body = { reason: 'found', lines }
  return requestText({ method: 'POST', path: '/v1/stock/adjustments', token: tenant.token, body })
}
