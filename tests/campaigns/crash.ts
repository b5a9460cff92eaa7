/**
 * The crash campaign: a server under load is killed, or loses its power, at random moments. After
 * each life every acknowledged posting is there exactly once, the ledger proves itself, and of the
 * businesses that were founded, copied, closed and erased meanwhile none is half of what it was.
 *
 *     bun tests/campaigns/crash.ts --kills 500 --cuts 200 --seed 1
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemScope } from '../../src/db/scope.ts'
import { DataFolder } from '../../src/db/data-folder.ts'
import { proveWholeNow } from '../../src/ledger/proof/prove-whole.ts'
import { issueToken } from '../../src/access/issue-token.ts'
import { foundTenant, type FoundedTenant } from '../../src/tenants/found.ts'
import { startSimulator, type Simulator } from '../../src/carriers/simulator/simulator.ts'
import { Random, seedFrom } from '../random.ts'
import { Founder } from './founder.ts'
import { checkPlatform, finishAll, requireAudit } from './platform-checks.ts'
import { Memory } from './platform-memory.ts'
import { buildShim, cutPower, primeCopy } from './power-cut.ts'
import { freePort, ServerProcess } from './server-process.ts'
import { Shopper } from './shopper.ts'

export interface CrashOptions {
  kills: number
  cuts: number
  seed: number
  clients?: number
  print?: (line: string) => void
}

export interface CrashReport {
  kills: number
  cuts: number
  acknowledged: number
  retried: number
  postings: number
  labels: number
  /** What was acknowledged of businesses and people, and how many businesses were ever known. */
  platform: Record<string, number>
}

const scope = systemScope('campaign')

const founders = 10
/** Calls are written down every five seconds; the rest is for a machine that is busy. */
const longest_loss_ms = 7_000
const open_doors = {
  STOWAGE_SIGN_UP: 'sandbox',
  STOWAGE_TRUSTED_PROXIES: '127.0.0.1',
  STOWAGE_PRIVATE_HOSTS: '127.0.0.0/8',
}
const operator_token = {
  name: 'Operator',
  level: 'platform' as const,
  tenant_id: '',
  organization_id: '',
  scopes: ['*'],
  expires_at: null,
  allowed_ips: [],
}

/** @throws Error at the first thing that was lost, doubled or changed, with the seed and the round */
export async function runCrashCampaign(options: CrashOptions): Promise<CrashReport> {
  const { kills, cuts, seed, clients = 64, print = () => undefined } = options
  const folder = mkdtempSync(join(tmpdir(), 'stowage-crash-'))
  const simulator = await startSimulator({ seed })
  try {
    const campaign = await Campaign.prepare(folder, simulator, new Random(seed), clients)
    for (let round = 1; round <= kills + cuts; round++) {
      // Cuts are spread evenly among the kills.
      const is_cut = Math.floor((round * cuts) / (kills + cuts)) > campaign.report.cuts
      await campaign.round(is_cut ? 'cut' : 'kill').catch((error: unknown) => {
        throw new Error(`seed ${seed}, round ${round}: ${(error as Error).message}`)
      })
      if (round % 25 === 0) print(`${round} of ${kills + cuts}: ${JSON.stringify(campaign.report)}`)
    }
    await campaign.finish()
    return campaign.report
  } finally {
    await simulator.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

class Campaign {
  readonly report: CrashReport = {
    kills: 0,
    cuts: 0,
    acknowledged: 0,
    retried: 0,
    postings: 0,
    labels: 0,
    platform: {},
  }
  readonly #data: string
  readonly #copy: string

  private constructor(
    folder: string,
    private readonly shim: string | undefined,
    private readonly tenant: FoundedTenant,
    private readonly shopper: Shopper,
    private readonly founder: Founder,
    private readonly simulator: Simulator,
    private readonly random: Random,
    private readonly clients: number,
  ) {
    this.#data = join(folder, 'data')
    this.#copy = join(folder, 'synced')
  }

  static async prepare(
    folder: string,
    simulator: Simulator,
    random: Random,
    clients: number,
  ): Promise<Campaign> {
    const data = await DataFolder.open(join(folder, 'data'))
    const tenant = await foundTenant(data, scope, {
      name: 'Crash and Sons',
      domain: 'crash',
      admin_email: 'crash@example.test',
      environment: 'sandbox',
    })
    const operator = await data.platform.write(scope, (tx) => issueToken(tx, operator_token))
    await data.close()
    const server = await ServerProcess.start({
      data: join(folder, 'data'),
      port: freePort(),
      environment: open_doors,
    })
    const shopper = await Shopper.moveIn(server.url, tenant.token, simulator.baseUrl('ups'), random)
    await server.end()
    const shim = buildShim(folder)
    const founder = new Founder(operator.token, random, new Memory())
    return new Campaign(folder, shim, tenant, shopper, founder, simulator, random, clients)
  }

  /** One life of the server: load, a violent end, and everything that was promised checked. */
  async round(how: 'kill' | 'cut'): Promise<void> {
    if (how === 'cut' && !this.shim) throw new Error('a power cut needs a C compiler')
    const server = await ServerProcess.start({
      data: this.#data,
      port: freePort(),
      environment: { ...open_doors, ...(how === 'cut' && this.#underTheShim()) },
    })
    await this.#live(server)
    if (how === 'cut') {
      cutPower(this.#data, this.#copy)
      this.report.cuts += 1
    } else {
      this.report.kills += 1
    }
    await this.#check()
  }

  /** A last quiet life, in which every purchase in doubt is settled; then the labels are counted. */
  async finish(): Promise<void> {
    const server = await ServerProcess.start({
      data: this.#data,
      port: freePort(),
      environment: open_doors,
    })
    await this.shopper.settleAll(server.url)
    await server.end()
    await this.#check()
    const counts = [...this.simulator.countsByReference()]
    const twice = counts.filter(([, count]) => count > 1)
    if (twice.length > 0) throw new Error(`bought twice: ${JSON.stringify(twice)}`)
    this.report.labels = counts.length
  }

  /** Some lives belong to shoppers, others to founders, and a few are long enough to count calls. */
  async #live(server: ServerProcess): Promise<void> {
    const { random, shopper, founder } = this
    const is_founding = random.chance(0.7)
    const is_long = is_founding && random.chance(0.06)
    const load = is_founding
      ? [shopper.shopUntilClosed(server.url, 4), founder.workUntilClosed(server.url, founders)]
      : [shopper.shopUntilClosed(server.url, this.clients)]
    const all = Promise.all(load)
    const ms = is_founding ? 200 + random.below(1_500) : 30 + random.below(250)
    // Whatever nobody should have been answered ends the life at once.
    await Promise.race([all, Bun.sleep(is_long ? ms + longest_loss_ms : ms)])
    const ended_at = performance.now()
    await server.kill()
    await all
    founder.memory.lifeEnded(ended_at, longest_loss_ms)
  }

  #underTheShim(): Record<string, string> {
    rmSync(this.#copy, { recursive: true, force: true })
    mkdirSync(this.#copy)
    primeCopy(this.#data, this.#copy)
    return {
      LD_PRELOAD: this.shim!,
      POWER_CUT_FROM: this.#data,
      POWER_CUT_TO: this.#copy,
    }
  }

  async #check(): Promise<void> {
    const data = await DataFolder.open(this.#data)
    try {
      const { memory } = this.founder
      checkPlatform(data, memory, false)
      if (this.random.chance(0.4)) {
        await finishAll(data)
        checkPlatform(data, memory, true)
      }
      this.report.platform = { ...memory.acknowledged, known: memory.businesses.size }
      const file = data.tenants.open(this.tenant.id)
      file.read(scope, (read) => {
        const proof = proveWholeNow(read)
        if (!proof.holds) throw new Error(`the ledger differs: ${JSON.stringify(proof)}`)
        requireAudit(read)
        this.report.postings = proof.postings
        const counts = new Map(
          read
            .all<{ note: string; count: number }>(
              'SELECT note, count(*) AS count FROM stock_postings GROUP BY note',
            )
            .map(({ note, count }) => [note, count]),
        )
        this.shopper.requireExactlyOnce(counts)
      })
      this.report.acknowledged = this.shopper.acknowledged.size
      this.report.retried = this.shopper.retried
    } finally {
      await data.close()
    }
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '500' },
      cuts: { type: 'string', default: '200' },
      seed: { type: 'string' },
    },
  })
  const seed = seedFrom(values.seed)
  process.stdout.write(`seed ${seed}\n`)
  const report = await runCrashCampaign({
    kills: Number(values.kills),
    cuts: Number(values.cuts),
    seed,
    print: (line) => process.stdout.write(`${line}\n`),
  })
  process.stdout.write(`${JSON.stringify(report)}\n`)
}
