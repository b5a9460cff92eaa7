/** What the numbers were measured on. */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { percentile } from './row.ts'

export interface Machine {
  cores: string
  memory: string
  kernel: string
  sync: string
  bun: string
  sqlite: string
  date: string
  load: string
}

/** @param folder on the disk that is measured */
export function machineOf(folder: string): Machine {
  const processors = cpus()
  const { median_ms, p99_ms } = syncLatency(folder)
  return {
    cores: `${processors.length} × ${processors[0]?.model.trim() ?? process.arch}`,
    memory: `${(totalmem() / 2 ** 30).toFixed(1)} GiB`,
    kernel: `${process.platform} ${release()}`,
    sync: `median ${median_ms.toFixed(2)} ms, p99 ${p99_ms.toFixed(2)} ms`,
    bun: Bun.version,
    sqlite: new Database(':memory:').prepare('SELECT sqlite_version()').pluck().get() as string,
    date: new Date().toISOString().slice(0, 16),
    load: loadNow(),
  }
}

export const loadNow = (): string =>
  loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')

/** How long the disk takes to make one page durable. */
function syncLatency(folder: string): { median_ms: number; p99_ms: number } {
  const descriptor = openSync(join(folder, 'sync'), 'w')
  const page = Buffer.alloc(4_096, 1)
  const taken_ms = Array.from({ length: 200 }, () => {
    writeSync(descriptor, page)
    const began_ms = performance.now()
    fdatasyncSync(descriptor)
    return performance.now() - began_ms
  })
  closeSync(descriptor)
  return { median_ms: percentile(taken_ms, 0.5), p99_ms: percentile(taken_ms, 0.99) }
}
