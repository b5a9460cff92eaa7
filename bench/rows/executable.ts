/** The executable: its size, how fast it answers, and what it holds while nobody asks. */
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ownTarget } from '../../build.ts'
import { inMb, inMs, median, type Finding, type Row, type Skipped } from '../row.ts'
import { startOurs } from '../servers/start.ts'

/** Long enough for everything that a start sets in motion to come to rest. */
const settle_ms = 2_000

export const executable: Row = async ({ folder, size }) => {
  const path = join(import.meta.dir, '../../dist', `stowage-${ownTarget()}`)
  if (!existsSync(path)) {
    return [{ what: 'the executable', skipped: 'it is not built: bun build.ts' } satisfies Skipped]
  }
  const starts_ms: number[] = []
  let resident = 0
  for (let round = 0; round < size.rounds; round++) {
    const data = join(folder, `start-${round}`)
    mkdirSync(data)
    const server = await startOurs({ data, executable: path })
    starts_ms.push(server.started_in_ms)
    if (round === size.rounds - 1) {
      await Bun.sleep(settle_ms)
      resident = server.residentBytes()
    }
    await server.stop()
  }
  return findings(statSync(path).size, median(starts_ms), resident)
}

function findings(bytes: number, start_ms: number, resident: number): Finding[] {
  return [
    {
      what: 'executable: size',
      measured: inMb(bytes),
      hold: '< 130 MB',
      met: bytes < 130e6,
      numbers: [bytes],
    },
    {
      what: 'executable: cold start on an empty folder to the first answer',
      measured: inMs(start_ms),
      hold: '< 150 ms',
      met: start_ms < 150,
      numbers: [start_ms],
    },
    {
      what: 'executable: idle, resident',
      measured: inMb(resident),
      hold: '< 100 MB',
      met: resident < 100e6,
      numbers: [resident],
    },
  ]
}
