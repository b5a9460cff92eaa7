/** The executable: its size, how fast it answers, and what it holds while nobody asks. */
import { statSync } from 'node:fs'
import { inMb, inMs, median, type Finding, type Row, type Skipped } from '../row.ts'
import { startOurs } from '../servers/start.ts'

/** Long enough for everything that a start sets in motion to come to rest. */
const settle_ms = 2_000

export const executable: Row = async ({ folder, size, executable }) => {
  if (!executable) return [{ what: 'the executable', skipped: 'it is not built' } satisfies Skipped]
  const options = { data: `${folder}/data`, executable, until: '/up' } as const
  // The very first start makes the files; those that are measured find them.
  await (await startOurs(options)).stop()
  const starts_ms: number[] = []
  let resident = 0
  for (let round = 1; round <= size.rounds; round++) {
    const server = await startOurs(options)
    starts_ms.push(server.started_in_ms)
    if (round === size.rounds) {
      await Bun.sleep(settle_ms)
      resident = server.residentBytes()
    }
    await server.stop()
  }
  return findings(statSync(executable).size, median(starts_ms), resident)
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
      what: 'executable: start to the first answer',
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
