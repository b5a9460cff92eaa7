/** What `doctor` looks at. Each check reads only; scratch files are removed again. */
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs'
import { closeSync, fdatasyncSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { minute_ms } from '../kit/clock.ts'
import { openReadOnly } from '../db/driver.ts'
import { latestVersion, schemaVersion, type FileKind } from '../db/migrate.ts'
import { Daemon } from '../replication/daemon.ts'
import { tenantIds } from '../replication/replication.ts'
import { sha256Hex } from '../kit/secrets.ts'
import { checkLitestream, socketPath } from '../replication/supervise.ts'
import { knock } from '../mail/send.ts'
import { controlSocket } from './control.ts'
import { litestreamOf, mailOf, replicaTarget } from './installation.ts'
import type { Settings } from './settings.ts'

export interface Finding {
  name: string
  state: 'good' | 'warning' | 'bad'
  detail: string
}

type Check = (settings: Settings) => Promise<Omit<Finding, 'name'>> | Omit<Finding, 'name'>

const good = (detail: string) => ({ state: 'good' as const, detail })
const warning = (detail: string) => ({ state: 'warning' as const, detail })
const bad = (detail: string) => ({ state: 'bad' as const, detail })

const least_free_bytes = 1024 ** 3
const least_free_share = 0.05
const slow_sync_ms = 20
const longest_wal_bytes = 64 * 1024 * 1024

export const checks: Record<string, Check> = {
  'data folder': ({ data }) => {
    accessSync(data, constants.R_OK | constants.W_OK | constants.X_OK)
    const open_to_others = statSync(data).mode & 0o077
    return open_to_others ? warning(`${data} can be entered by others`) : good(data)
  },
  'free space': ({ data }) => {
    const { bavail, blocks, bsize } = statfsSync(data)
    const detail = `${((bavail * bsize) / 1e9).toFixed(1)} GB of ${((blocks * bsize) / 1e9).toFixed(1)}`
    const short = bavail * bsize < least_free_bytes || bavail / blocks < least_free_share
    return short ? bad(`${detail}: a full disk stops every write`) : good(detail)
  },
  'free inodes': ({ data }) => {
    const { ffree, files } = statfsSync(data)
    if (files === 0) return good('this file system has no limit')
    const detail = `${ffree} of ${files}`
    return ffree / files < least_free_share ? bad(detail) : good(detail)
  },
  clock: checkClock,
  'sync latency': checkSync,
  files: checkFiles,
  logs: checkLogs,
  litestream: checkReplicator,
  mail: checkMail,
  'temporary folder': checkTemporaryFolder,
  'master key': ({ master_key_file: path }) => {
    if (!existsSync(path)) return warning(`${path} is not there: the first start makes it`)
    const mode = statSync(path).mode & 0o777
    return mode & 0o077
      ? bad(`${path} has mode ${mode.toString(8)}: others can read it`)
      : good(path)
  },
}

/** Offline there is one witness: nothing we wrote can be younger than now. */
function checkClock({ data }: Settings) {
  const platform = join(data, 'platform.db')
  if (!existsSync(platform)) return good('nothing written yet to compare with')
  const ahead_ms = statSync(platform).mtimeMs - Date.now()
  return ahead_ms > minute_ms
    ? bad(`it was ${Math.round(ahead_ms / 1_000)} s later when platform.db was written`)
    : good(new Date().toISOString())
}

/** What a writer waits for, measured where the files are. */
function checkSync({ data }: Settings) {
  const path = join(data, '.doctor')
  const file = openSync(path, 'w', 0o600)
  const block = Buffer.alloc(4_096, 1)
  const times_ms: number[] = []
  try {
    for (let round = 0; round < 21; round++) {
      const started = performance.now()
      writeSync(file, block)
      fdatasyncSync(file)
      times_ms.push(performance.now() - started)
    }
  } finally {
    closeSync(file)
    rmSync(path)
  }
  const median_ms = times_ms.sort((a, b) => a - b)[10]!
  const detail = `${median_ms.toFixed(2)} ms in the middle, ${times_ms[20]!.toFixed(2)} ms at most`
  return median_ms > slow_sync_ms ? warning(`${detail}: writes will be slow`) : good(detail)
}

async function* databases(data: string): AsyncGenerator<{ path: string; kind: FileKind }> {
  const platform = join(data, 'platform.db')
  if (existsSync(platform)) yield { path: platform, kind: 'platform' }
  for await (const id of tenantIds(data)) {
    const folder = join(data, 'tenants', sha256Hex(id).slice(0, 2), id)
    yield { path: join(folder, 'tenant.db'), kind: 'tenant' }
  }
}

/** Every page of every file, and whether this release can read it. */
async function checkFiles({ data }: Settings) {
  let count = 0
  let older = 0
  for await (const { path, kind } of databases(data)) {
    count += 1
    const connection = openReadOnly(path)
    try {
      const answer = connection.pragma('quick_check(1)', { simple: true }) as string
      if (answer !== 'ok') return bad(`${path} is damaged: ${answer}`)
      const version = schemaVersion(connection)
      if (version > latestVersion(kind)) return bad(`${path} was written by a newer release`)
      if (version < latestVersion(kind)) older += 1
    } finally {
      connection.close()
    }
  }
  const detail = `${count} files are whole`
  return older ? warning(`${detail}, ${older} have an older schema: run migrate`) : good(detail)
}

async function checkLogs({ data }: Settings) {
  let longest = { path: '', size_bytes: 0 }
  for await (const { path } of databases(data)) {
    const wal = `${path}-wal`
    const size_bytes = existsSync(wal) ? statSync(wal).size : 0
    if (size_bytes > longest.size_bytes) longest = { path: wal, size_bytes }
  }
  const detail = `the longest has ${(longest.size_bytes / 1e6).toFixed(1)} MB ${longest.path}`
  return longest.size_bytes > longest_wal_bytes ? bad(detail) : good(detail)
}

async function checkReplicator(settings: Settings) {
  if (!replicaTarget(settings)) return warning('continuous copies are switched off')
  const binary = litestreamOf(settings)
  if (!binary) return bad('it was not found: nothing is copied continuously')
  const version = await checkLitestream(binary)
  const socket = settings.litestream_socket || socketPath(join(settings.data, 'run'))
  const daemon = new Daemon(socket)
  await daemon.look()
  const found = `${binary} ${version}`
  if (daemon.run) return good(`${found} runs and copies ${daemon.info?.database_count} files`)
  const serving = existsSync(controlSocket(settings.data))
  return serving ? bad(`${found} does not answer`) : good(`${found}, not running now`)
}

/** Comes as far as a mail would, and sends none. */
async function checkMail(settings: Settings) {
  const mail = mailOf(settings)
  if (!mail) return good('no mail server is set: mails are kept on a page')
  await knock(mail)
  return good(`${new URL(mail.smtp_url).host} lets us in; mails come from ${mail.from}`)
}

/** The SQLite library is unpacked there and loaded from there. */
function checkTemporaryFolder() {
  const folder = process.env.BUN_TMPDIR ?? tmpdir()
  const path = join(folder, `stowage-doctor-${crypto.randomUUID()}`)
  writeFileSync(path, '#!/bin/sh\nexit 0\n', { mode: 0o700 })
  try {
    const { exitCode } = Bun.spawnSync([path])
    return exitCode === 0 ? good(folder) : bad(`${folder} does not allow execution`)
  } finally {
    rmSync(path)
  }
}
