/** The replication campaign at the size of the gate; `REPLICATION_TENANTS` makes it larger. */
import { expect, test } from 'bun:test'
import { canRunReplicationCampaign, runReplicationCampaign } from './replication.ts'

const tenants = Number(process.env.REPLICATION_TENANTS ?? 12)
const seed = Number(process.env.REPLICATION_SEED ?? Date.now() % 1_000_000)

test.skipIf(!canRunReplicationCampaign())(
  `${tenants} tenants survive kills of either process and the loss of the data folder, seed ${seed}`,
  async () => {
    const totals = await runReplicationCampaign({
      ...{ tenants, seed, takeovers: 1, losses: 1, targets: ['folder', 's3'] },
      print: (line) => console.log(line),
    })
    expect(totals.folders_lost).toBe(2)
    expect(totals.files_restored).toBe(2 * (tenants + 1))
    expect(totals.files_compared_by_hash).toBe(2 * (tenants + 1))
    expect(totals.litestream_kills).toBeGreaterThanOrEqual(4)
    expect(totals.application_kills).toBe(4)
    expect(totals.notes_restored).toBeGreaterThan(0)
  },
  120_000,
)
