/**
 * The application that the replication campaign kills: opens (or waits for) a data folder, writes
 * notes to random tenants, and says after each sync what the target holds for certain.
 */
import {
  contentHash,
  openReplicated,
  type ReplicatedFolder,
} from '../services/replicated-folder.ts'
import type { ReplicaTarget } from '../../src/replication/settings.ts'
import { Random } from '../random.ts'

export interface WriterInput {
  data_folder: string
  target: ReplicaTarget
  binary: string
  tenants: string[]
  seed: number
}

/** One line of its output, as JSON. */
export type WriterSays =
  | { says: 'waiting' }
  | { says: 'open' }
  /** Notes per tenant that the target holds for certain. */
  | { says: 'synced'; notes: Record<string, number>; writes: number }
  | { says: 'finished'; hashes: Record<string, string>; writes: number }

const say = (what: WriterSays): void => void process.stdout.write(`${JSON.stringify(what)}\n`)

async function main(input: WriterInput): Promise<void> {
  const { data_folder, target, binary, tenants } = input
  const shop = await openReplicated(data_folder, target, binary, {
    // Most files are closed for others again and again.
    open_files: Math.max(2, Math.floor(tenants.length / 4)),
    onWait: () => say({ says: 'waiting' }),
  })
  const notes: Record<string, number> = {}
  for (const tenant_id of tenants) {
    if (!shop.folder.tenants.exists(tenant_id)) await shop.createTenant(tenant_id)
    notes[tenant_id] = shop.count(tenant_id)
  }
  say({ says: 'open' })
  let finishing = false
  const end = (async () => {
    for await (const _ of process.stdin) finishing = true
  })()
  const random = new Random(input.seed)
  let writes = 0
  while (!finishing) {
    const until_ms = performance.now() + 50 + random.below(400)
    while (performance.now() < until_ms) {
      const wave = Array.from({ length: 1 + random.below(8) }, async () => {
        const tenant_id = random.pick(tenants)
        const count = await shop.write(tenant_id, 1 + random.below(5))
        notes[tenant_id] = Math.max(notes[tenant_id]!, count)
      })
      await Promise.all(wave)
      writes += wave.length
    }
    await sayWhatIsSynced(shop, { ...notes }, writes)
  }
  await finish(shop, tenants, writes)
  await end
}

async function sayWhatIsSynced(
  shop: ReplicatedFolder,
  notes: Record<string, number>,
  writes: number,
): Promise<void> {
  try {
    await shop.replication.syncAll()
  } catch (error) {
    // Litestream was just killed: nothing is certain, the next round says more.
    if ((error as { code?: string }).code === 'unavailable') return
    throw error
  }
  say({ says: 'synced', notes, writes })
}

/** Writes no more, copies everything, and tells what everything is. Then it waits to be killed. */
async function finish(shop: ReplicatedFolder, tenants: string[], writes: number): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await shop.replication.syncAll()
      await shop.replication.catchUp()
      break
    } catch (error) {
      if (attempt > 200) throw error
      await Bun.sleep(100)
    }
  }
  const hashes: Record<string, string> = { platform: contentHash(shop.folder.platform.path) }
  for (const tenant_id of tenants) {
    hashes[`tenants/${tenant_id}`] = contentHash(shop.folder.tenants.pathOf(tenant_id))
  }
  say({ says: 'finished', hashes, writes })
}

await main(JSON.parse(process.argv[2]!) as WriterInput)
