/** Copies every file continuously to another place, through Litestream. */
import { existsSync, statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataFolder } from '../db/data-folder.ts'
import { Daemon } from './daemon.ts'
import { Follower, type Alert } from './follow.ts'
import { openRemote, type RemoteFolder } from './remote.ts'
import { checkTarget, platform_subject, tenantSubject, type ReplicaTarget } from './settings.ts'
import { replicationStatus, type ReplicationStatus, type TenantReplication } from './status.ts'
import { tenantReplication } from './status.ts'
import { checkLitestream, socketPath, Supervisor, type Log } from './supervise.ts'

export interface ReplicationOptions {
  folder: DataFolder
  target: ReplicaTarget
  /** Path of Litestream; restores need it in both modes. */
  binary: string
  /** Ours to run, or a service that somebody else runs with `litestreamConfiguration`. */
  mode: { kind: 'supervised' } | { kind: 'external'; socket_path: string }
  log: Log
  onAlert: (alert: Alert) => void
  /** Default 64 MiB. */
  wal_limit_bytes?: number
  /** How often failures are tried again and writes confirmed. Default 5 seconds. */
  tend_every_ms?: number
}

/** Tenants that were made but never opened are found by this. */
const catch_up_every_ms = 10 * 60_000

export class Replication {
  readonly remote: RemoteFolder
  readonly #daemon: Daemon
  readonly #follower: Follower
  readonly #supervisor: Supervisor | undefined
  readonly #timers: ReturnType<typeof setInterval>[] = []
  #tending: Promise<void> | undefined
  #catching_up: Promise<number> | undefined

  private constructor(readonly options: ReplicationOptions) {
    const { folder, mode, target, binary, log } = options
    const run_folder = join(folder.path, 'run')
    this.remote = openRemote(target)
    this.#daemon = new Daemon(mode.kind === 'external' ? mode.socket_path : socketPath(run_folder))
    if (mode.kind === 'supervised') {
      this.#supervisor = new Supervisor({ binary, run_folder, target, daemon: this.#daemon, log })
    }
    this.#follower = new Follower({
      tenants: folder.tenants,
      daemon: this.#daemon,
      target,
      remote: this.remote,
      clock: folder.clock,
      onAlert: options.onAlert,
      wal_limit_bytes: options.wal_limit_bytes ?? 64 * 1024 * 1024,
    })
  }

  /** Starts copying and returns at once: a replicator that is slow to come never delays the start. */
  static async start(options: ReplicationOptions): Promise<Replication> {
    checkTarget(options.target)
    await checkLitestream(options.binary)
    const replication = new Replication(options)
    replication.#begin()
    return replication
  }

  #begin(): void {
    const { folder } = this.options
    this.#follower.followPlatform(folder.platform)
    folder.tenants.watch(this.#follower)
    this.#supervisor?.start()
    this.#daemon.attend()
    this.#daemon.onChange((run) => {
      if (run) void this.catchUp()
    })
    this.#every(this.options.tend_every_ms ?? 5_000, () => void this.#tend())
    this.#every(catch_up_every_ms, () => void this.catchUp())
    void this.#daemon.look()
  }

  /** Copies closed files that the target may not have whole; returns how many there were. */
  catchUp(): Promise<number> {
    return (this.#catching_up ??= this.#follower
      .catchUp(tenantIds(this.options.folder.path))
      .finally(() => (this.#catching_up = undefined)))
  }

  /** Resolves when everything this tenant has committed is at the target; throws when it cannot be. */
  sync(tenant_id: string): Promise<void> {
    return this.#follower.sync(tenantSubject(tenant_id))
  }

  syncPlatform(): Promise<void> {
    return this.#follower.sync(platform_subject)
  }

  syncAll(): Promise<void> {
    return this.#follower.syncAll()
  }

  /** Inside `TenantFiles.withClosed`, before a file is replaced, moved or removed: Litestream lets go. */
  release(tenant_id: string, accept_loss = false): Promise<void> {
    return this.#follower.release(tenant_id, accept_loss)
  }

  /**
   * Begins the copies of the platform's file anew with what `prepare` leaves of it.
   * @returns the generation; those before it can be removed now
   */
  renewPlatform(prepare: () => Promise<void>): Promise<string> {
    return this.#follower.renewPlatform(prepare)
  }

  status(): ReplicationStatus {
    return replicationStatus(
      this.options,
      this.#daemon,
      this.#supervisor?.restarts ?? 0,
      this.#follower.states(),
    )
  }

  statusOf(tenant_id: string): TenantReplication {
    const path = this.options.folder.tenants.pathOf(tenant_id)
    return tenantReplication(tenant_id, path, this.options.target, this.#follower.states())
  }

  /** The process that we run; undefined in external mode. */
  get daemon_pid(): number | undefined {
    return this.#supervisor?.pid
  }

  /**
   * Closes the tenants' files, copies the end of every file, and ends Litestream. Call it when
   * requests and jobs have ended, and before `DataFolder.close`, which gives the lock away.
   */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await this.options.folder.tenants.closeAll()
    await this.#tending
    const left = await this.#follower.stop()
    if (left.length > 0) {
      this.options.log('warn', 'Not copied whole; the next start catches up', { subjects: left })
    }
    this.#daemon.leave()
    await this.#supervisor?.stop()
  }

  #every(every_ms: number, work: () => void): void {
    const timer = setInterval(work, every_ms)
    timer.unref()
    this.#timers.push(timer)
  }

  #tend(): Promise<void> {
    return (this.#tending ??= this.#follower.tend().finally(() => (this.#tending = undefined)))
  }
}

/** Every tenant that has a file, without holding a list of them. */
export async function* tenantIds(data_folder: string): AsyncGenerator<string> {
  const root = join(data_folder, 'tenants')
  if (!existsSync(root)) return
  for (const shard of await readdir(root)) {
    if (!/^[0-9a-f]{2}$/.test(shard) || !statSync(join(root, shard)).isDirectory()) continue
    for (const tenant_id of await readdir(join(root, shard))) {
      if (existsSync(join(root, shard, tenant_id, 'tenant.db'))) yield tenant_id
    }
  }
}
