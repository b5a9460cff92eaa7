/** Whether the installation is well: disk, files, copies, and what runs by the clock. */
import { statfsSync, statSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { minute_ms, timestamp } from '../kit/clock.ts'
import type { DataFolder } from '../db/data-folder.ts'
import type { Read } from '../db/session.ts'
import type { Beside } from '../operations/outward.ts'
import type { ReplicationStatus } from '../replication/status.ts'
import { listSchedules } from '../schedule/read.ts'
import type { Health } from './schema.ts'

type Check = Health['checks'][number]

const least_free_bytes = 1024 ** 3
const least_free_share = 0.05
const longest_wal_bytes = 64 * 1024 * 1024
const longest_lag_ms = 5 * minute_ms
const behind_shown = 10

/** `stowage doctor` looks deeper, at every page of every file; this is what is known at a glance. */
export function getHealth(read: Read, _input: object, { data, services }: Beside): Health {
  const copies = services.copying?.()
  const checks = [
    checkSpace(data),
    checkLog(data),
    checkMaintenance(data),
    checkCopies(copies),
    checkSchedules(read),
  ]
  return {
    state: worst(checks),
    checks,
    started_at: timestamp(read.now_ms - Math.round(process.uptime() * 1_000)),
    memory_bytes: process.memoryUsage.rss(),
    open_files: data.tenants.open_count,
    maintenance: [...data.tenants.maintenance]
      .slice(0, 100)
      .map(([tenant_id, reason]) => ({ tenant_id, reason })),
    copies: copies ? toCopies(copies) : null,
  }
}

const worst = (checks: Check[]): Check['state'] =>
  (['bad', 'warning'] as const).find((state) => checks.some((each) => each.state === state)) ??
  'good'

function checkSpace(data: DataFolder): Check {
  const { bavail, blocks, bsize } = statfsSync(data.path)
  const free = `${gigabytes(bavail * bsize)} of ${gigabytes(blocks * bsize)} GB are free`
  const short = bavail * bsize < least_free_bytes || bavail / blocks < least_free_share
  return short
    ? { name: 'Disk', state: 'bad', detail: `${free}: a full disk stops every write` }
    : { name: 'Disk', state: 'good', detail: free }
}

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1)

function checkLog(data: DataFolder): Check {
  const path = join(data.path, 'platform.db-wal')
  const size_bytes = existsSync(path) ? statSync(path).size : 0
  const detail = `${(size_bytes / 1e6).toFixed(1)} MB wait to be folded into the platform's file`
  const state = size_bytes > longest_wal_bytes ? 'bad' : 'good'
  return { name: 'Write-ahead log', state, detail }
}

function checkMaintenance({ tenants }: DataFolder): Check {
  const { size } = tenants.maintenance
  const name = 'Files'
  return size > 0
    ? { name, state: 'bad', detail: `${size} businesses are in maintenance` }
    : { name, state: 'good', detail: `${tenants.open_count} open, none in maintenance` }
}

function checkCopies(copies: ReplicationStatus | undefined): Check {
  const name = 'Continuous copies'
  if (!copies) return { name, state: 'warning', detail: 'Nothing is copied continuously' }
  if (!copies.daemon.answers) return { name, state: 'bad', detail: 'Litestream does not answer' }
  const seconds = Math.ceil(copies.lag_ms / 1_000)
  const detail =
    copies.lag_ms === 0 ? 'Everything is copied' : `The oldest write not copied is ${seconds} s old`
  return { name, state: copies.lag_ms > longest_lag_ms ? 'bad' : 'good', detail }
}

function checkSchedules(read: Read): Check {
  const name = 'Schedule'
  const all = listSchedules(read, {}).data
  const failed = all.filter(({ last_run }) => last_run?.state === 'failed')
  if (failed.length > 0) {
    const detail = `Failed last time: ${failed.map((each) => each.name).join(', ')}`
    return { name, state: 'bad', detail }
  }
  return { name, state: 'good', detail: `${all.length} entries, none failed last time` }
}

const toCopies = (status: ReplicationStatus): NonNullable<Health['copies']> => ({
  running: status.daemon.answers,
  restarts: status.restarts,
  lag_ms: status.lag_ms,
  behind: status.tenants
    .filter(({ lag_ms, error }) => error !== null || (lag_ms ?? 1) > 0)
    .slice(0, behind_shown)
    .map(({ tenant_id, lag_ms, last_sync_at, error }) => ({
      tenant_id,
      lag_ms,
      last_sync_at,
      error,
    })),
})
