/** The replication campaign as a command: `bun run campaign:replication --tenants 200 --seed 1`. */
import { parseArgs } from 'node:util'
import { seedFrom } from '../random.ts'
import { canRunReplicationCampaign, runReplicationCampaign } from './replication.ts'

const print = (line: string) => process.stdout.write(`${line}\n`)
const { values } = parseArgs({
  options: {
    tenants: { type: 'string', default: '200' },
    takeovers: { type: 'string', default: '4' },
    losses: { type: 'string', default: '1' },
    seed: { type: 'string' },
  },
})
if (!canRunReplicationCampaign()) throw new Error('This needs litestream and minio on the PATH.')
const seed = seedFrom(values.seed)
print(`seed ${seed}`)
const totals = await runReplicationCampaign({
  tenants: Number(values.tenants),
  takeovers: Number(values.takeovers),
  losses: Number(values.losses),
  targets: ['folder', 's3'],
  seed,
  print,
})
print(JSON.stringify(totals))
