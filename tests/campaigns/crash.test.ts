import { expect, test } from 'bun:test'
import { seedFrom } from '../random.ts'
import { runCrashCampaign } from './crash.ts'

const can_cut = Bun.which('cc') !== null
if (!can_cut) process.stdout.write('No C compiler: power cuts are skipped.\n')

test('what was acknowledged is there exactly once, however the server ends', async () => {
  const seed = seedFrom(process.env.CRASH_SEED)
  process.stdout.write(`crash seed ${seed}\n`)
  const cuts = can_cut ? 3 : 0
  const report = await runCrashCampaign({ kills: 4, cuts, seed, clients: 32 })
  expect(report).toMatchObject({ kills: 4, cuts })
  expect(report.acknowledged).toBeGreaterThan(0)
  expect(report.postings).toBeGreaterThanOrEqual(report.acknowledged / 2)
}, 120_000)
