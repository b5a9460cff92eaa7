/** What was taken away stays away when the power fails: its row goes next, and nobody looks again. */
import { expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildShim, cutPower, primeCopy } from '../../tests/campaigns/power-cut.ts'

const script = join(import.meta.dir, 'testing/discarded.ts')

test.skipIf(!Bun.which('cc'))(
  'a power cut brings no discarded business back',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stowage-discard-'))
    const [data, synced] = [join(folder, 'data'), join(folder, 'synced')]
    try {
      mkdirSync(data)
      mkdirSync(synced)
      primeCopy(data, synced)
      const child = Bun.spawn([process.execPath, script, data], {
        env: {
          ...process.env,
          LD_PRELOAD: buildShim(folder)!,
          POWER_CUT_FROM: data,
          POWER_CUT_TO: synced,
        },
      })
      await child.exited
      expect(child.signalCode).toBe('SIGKILL')
      cutPower(data, synced)
      const shelves = readdirSync(join(data, 'tenants'))
      expect(shelves.flatMap((shelf) => readdirSync(join(data, 'tenants', shelf)))).toEqual([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  30_000,
)
