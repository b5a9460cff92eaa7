/** A thousand businesses: founding them, listing them, and starting with all of them. */
import { systemScope } from '../../src/db/scope.ts'
import { foundTenant } from '../../src/tenants/found.ts'
import { drive, requestText } from '../load/drive.ts'
import { inMb, inMs, median, type Bench, type Finding, type Row } from '../row.ts'
import { startOurs, type Server } from '../servers/start.ts'
import { onStage, operatorToken } from '../stage/shop.ts'

export const tenants: Row = async (bench) => {
  const { folder, size } = bench
  const token = await onStage(folder, operatorToken)
  const environment = { STOWAGE_OPEN_FILES: String(size.open_files) }
  const options = { data: `${folder}/data`, environment, executable: bench.executable }
  const first = await startOurs(options)
  const found: Finding[] = []
  try {
    found.push(...(await creating(bench, first, token)))
  } finally {
    await first.stop()
  }
  await onStage(folder, async (data) => {
    for (let number = 2 * size.concurrent; number < size.tenants; number++) {
      await foundTenant(data, systemScope('bench'), business(number))
    }
  })
  bench.say(`tenants: ${size.tenants} are there`)
  const starts_ms: number[] = []
  for (let round = 1; round < size.rounds; round++) {
    const server = await startOurs(options)
    starts_ms.push(server.started_in_ms)
    await server.stop()
  }
  const server = await startOurs(options)
  try {
    starts_ms.push(server.started_in_ms)
    return [...found, started(bench, starts_ms), ...(await standing(bench, server, token))]
  } finally {
    await server.stop()
  }
}

const business = (number: number) => ({
  name: `Business ${number}`,
  domain: `business-${number}`,
  admin_email: `owner-${number}@bench.test`,
})

const creation = (token: string, number: number): string =>
  requestText({ method: 'POST', path: '/v1/platform/tenants', token, body: business(number) })

async function creating({ size }: Bench, server: Server, token: string): Promise<Finding[]> {
  const { port } = server
  const plan = { port, duration_ms: 60_000, most_requests: size.concurrent }
  const numbers = Array.from({ length: size.concurrent }, (_, index) => index)
  const one_by_one = numbers.map((number) => creation(token, number))
  const at_once = numbers.map((number) => creation(token, size.concurrent + number))
  const single = await drive({ ...plan, connections: 1, requests: one_by_one }, 201)
  // Every answer was a 201, or the load would have thrown.
  const together = await drive({ ...plan, connections: size.concurrent, requests: at_once }, 201)
  const all = together.requests === size.concurrent
  return [
    {
      what: 'create a tenant, ready to use, over HTTP',
      measured: `median ${inMs(single.p50_ms)}, p99 ${inMs(single.p99_ms)}`,
      hold: '< 50 ms',
      met: single.p50_ms < 50,
      numbers: [single.p50_ms, single.p99_ms],
    },
    {
      what: `${size.concurrent} tenants created concurrently`,
      measured: `${together.requests} of ${size.concurrent}, ${Math.round(together.per_second)}/s`,
      hold: 'all succeed',
      met: all,
      numbers: [together.requests, together.per_second],
    },
  ]
}

function started({ size }: Bench, starts_ms: number[]): Finding {
  const start_ms = median(starts_ms)
  return {
    what: `${size.tenants} tenants: start to ready`,
    measured: inMs(start_ms),
    hold: '< 500 ms',
    met: start_ms < 500,
    numbers: [start_ms],
  }
}

async function standing({ size }: Bench, server: Server, token: string): Promise<Finding[]> {
  // After the start every file is opened once; as many stay open as are allowed.
  await Bun.sleep(size.tenants * 5)
  const resident = server.residentBytes()
  const request = requestText({ method: 'GET', path: '/v1/platform/tenants?limit=50', token })
  const plan = { port: server.port, duration_ms: 60_000, most_requests: size.samples }
  const list = await drive({ ...plan, connections: 1, requests: [request] }, 200)
  return [
    {
      what: `${size.tenants} tenants: resident with ${size.open_files} files open`,
      measured: inMb(resident),
      hold: '< 250 MB',
      met: resident < 250e6,
      numbers: [resident],
    },
    {
      what: `list 50 of ${size.tenants} tenants`,
      measured: `median ${inMs(list.p50_ms)}, p99 ${inMs(list.p99_ms)}`,
      hold: '< 10 ms',
      met: list.p99_ms < 10,
      numbers: [list.p50_ms, list.p99_ms],
    },
  ]
}
