/** Keeps Litestream on every open file, and off every closed one once all of it has been copied. */
import { existsSync, rmSync, statSync } from 'node:fs'
import type { Clock } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import type { DatabaseFile } from '../db/file.ts'
import type { FileWatcher, TenantFiles } from '../db/tenant-files.ts'
import { NoAnswer, type Daemon } from './daemon.ts'
import { Followed, type FollowedState } from './followed.ts'
import {
  isMarkedReplicated,
  litestreamFolder,
  markReplicated,
  nextGeneration,
  readNote,
  unmarkReplicated,
  writeNote,
} from './generations.ts'
import { Limiter } from './limiter.ts'
import type { RemoteFolder } from './remote.ts'
import { platform_subject, replicaUrl, targetId, tenantOf, tenantSubject } from './settings.ts'
import type { ReplicaTarget, Subject } from './settings.ts'

export interface Alert {
  code: 'replicator_down' | 'replicator_back' | 'wal_growing' | 'copy_failing'
  detail: string
  subject?: Subject
}

export interface FollowerOptions {
  tenants: TenantFiles
  daemon: Daemon
  target: ReplicaTarget
  remote: RemoteFolder
  clock: Clock
  onAlert: (alert: Alert) => void
  /** A WAL longer than this is checkpointed by us again while Litestream does not have the file. */
  wal_limit_bytes: number
}

/** Requests to Litestream at the same time: enough for its network, few enough for its disk. */
const concurrency = 8

const unavailable = (why: string): Problem =>
  new Problem('unavailable', `The last writes could not be copied: ${why}`)

export class Follower implements FileWatcher {
  readonly #followed = new Map<Subject, Followed>()
  readonly #limiter = new Limiter(concurrency)
  readonly #target_id: string
  #stopped = false
  #was_down = false

  constructor(private readonly options: FollowerOptions) {
    this.#target_id = targetId(options.target)
    options.daemon.onChange((run) => this.#daemonChanged(run))
  }

  opened(tenant_id: string, file: DatabaseFile): void {
    unmarkReplicated(file.path)
    if (!this.#stopped) this.#open(tenantSubject(tenant_id), file)
  }

  closed(tenant_id: string): void {
    const followed = this.#followed.get(tenantSubject(tenant_id))
    if (!followed) return
    followed.closed()
    void this.#settle(followed)
  }

  followPlatform(file: DatabaseFile): void {
    this.#open(platform_subject, file)
  }

  states(): FollowedState[] {
    const now_ms = this.options.clock.now()
    return [...this.#followed.values()].map((followed) => followed.state(now_ms))
  }

  /** Resolves when all that is committed now is at the target. */
  async sync(subject: Subject): Promise<void> {
    const followed = this.#followed.get(subject)
    if (!followed) return
    await this.#settle(followed)
    if (!this.options.daemon.run) throw unavailable('Litestream does not answer.')
    if (followed.error) throw unavailable(followed.error)
    if (!followed.file) return
    await this.#confirm(followed)
    if (followed.error) throw unavailable(followed.error)
  }

  /** As `sync`, for every file that is followed. */
  async syncAll(): Promise<void> {
    await Promise.all([...this.#followed.keys()].map((subject) => this.sync(subject)))
  }

  /**
   * For one who replaces, moves or removes a file inside `TenantFiles.withClosed`: resolves when
   * Litestream has copied the end of it and let go.
   * @param accept_loss lets go even when the end cannot be copied: of a file that is damaged
   */
  async release(tenant_id: string, accept_loss = false): Promise<void> {
    const subject = tenantSubject(tenant_id)
    const followed = this.#followed.get(subject)
    const { daemon, tenants } = this.options
    if (!followed) return daemon.untilLetGo(tenants.pathOf(tenant_id))
    await this.#settle(followed)
    if (daemon.run && followed.registered_by) {
      if (!accept_loss) throw unavailable(followed.error ?? `Litestream still holds ${subject}.`)
      await this.#forceRelease(followed)
    }
    await daemon.untilLetGo(followed.path)
    this.#followed.delete(subject)
  }

  /**
   * Follows the files that are closed and not known to be copied whole: what was written while
   * Litestream was away, before a crash, or before replication was switched on.
   * @returns how many there were
   */
  async catchUp(tenant_ids: AsyncIterable<string>): Promise<number> {
    const { tenants } = this.options
    const work: Promise<void>[] = []
    for await (const tenant_id of tenant_ids) {
      const subject = tenantSubject(tenant_id)
      const path = tenants.pathOf(tenant_id)
      if (this.#stopped) break
      if (this.#followed.has(subject) || tenants.maintenance.has(tenant_id)) continue
      if (isMarkedReplicated(path, this.#target_id) || !existsSync(path)) continue
      const followed = new Followed(subject, path)
      this.#followed.set(subject, followed)
      work.push(this.#settle(followed))
    }
    await Promise.all(work)
    return work.length
  }

  /** Tries again what failed, confirms what was written, and watches the WALs. Called in intervals. */
  async tend(): Promise<void> {
    const work: Promise<void>[] = []
    for (const followed of this.#followed.values()) {
      if (this.#holds(followed)) {
        if (followed.unconfirmed) work.push(this.#confirm(followed))
      } else {
        this.#guardWal(followed)
        if (!followed.settling) work.push(this.#settle(followed))
      }
    }
    await Promise.all(work)
  }

  /**
   * Lets go of everything. The tenants' files are closed by now, the platform's is not.
   * @returns the subjects that are not known to be copied whole
   */
  async stop(): Promise<Subject[]> {
    this.#stopped = true
    const all = [...this.#followed.values()]
    await Promise.all(all.map((followed) => this.#settle(followed)))
    const platform = this.#followed.get(platform_subject)
    if (platform) {
      await this.#letGoOfPlatform(platform)
    }
    return [...this.#followed.keys()]
  }

  /**
   * Begins a new generation of the platform's file, with what `prepare` leaves of it, and resolves
   * when all of it is at the target. The log that Litestream keeps beside the file goes: it holds
   * earlier pages. When `prepare` fails, copying goes on as before.
   * @throws Problem `unavailable` when it cannot be copied now
   */
  async renewPlatform(prepare: () => Promise<void>): Promise<string> {
    const platform = this.#followed.get(platform_subject)
    if (!platform || !this.options.daemon.run) throw unavailable('Litestream does not answer.')
    while (platform.settling) await platform.settling
    const work = this.#limiter.run(() => this.#renew(platform, prepare))
    // Who wants to settle it meanwhile waits for this, and looks again afterwards.
    platform.settling = work
      .catch((error: unknown) => this.#failed(platform, error as Error))
      .finally(() => (platform.settling = undefined))
    await work
    await platform.settling
    await this.sync(platform_subject)
    return platform.generation!
  }

  async #renew(platform: Followed, prepare: () => Promise<void>): Promise<void> {
    const { daemon, remote, clock } = this.options
    const { path, file } = platform
    await daemon.unregister(path)
    platform.registered_by = undefined
    await daemon.untilLetGo(path)
    file?.leaveCheckpointsTo('sqlite')
    try {
      await prepare()
      // The note first: after a crash the old generation is not written to any more.
      writeNote(path, this.#target_id, await nextGeneration(remote, platform_subject, clock.now()))
      rmSync(litestreamFolder(path), { recursive: true, force: true })
    } finally {
      file?.leaveCheckpointsTo('replicator')
    }
  }

  /** Litestream forgets a file even when it reports that its last sync of it failed. */
  async #forceRelease(followed: Followed): Promise<void> {
    try {
      await this.options.daemon.unregister(followed.path)
    } catch (error) {
      this.#failed(followed, error as Error)
    }
  }

  async #letGoOfPlatform(platform: Followed): Promise<void> {
    platform.file?.leaveCheckpointsTo('sqlite')
    try {
      await this.sync(platform_subject)
      await this.options.daemon.unregister(platform.path)
      this.#followed.delete(platform_subject)
    } catch (error) {
      this.#failed(platform, error as Error)
    }
    platform.closed()
  }

  #open(subject: Subject, file: DatabaseFile): void {
    const followed = this.#followed.get(subject) ?? new Followed(subject, file.path)
    this.#followed.set(subject, followed)
    file.leaveCheckpointsTo('replicator')
    followed.opened(file, () => this.options.clock.now())
    void this.#settle(followed)
  }

  #holds(followed: Followed): boolean {
    return (
      followed.registered_by !== undefined && followed.registered_by === this.options.daemon.run
    )
  }

  #daemonChanged(run: string | undefined): void {
    const { onAlert } = this.options
    if (this.#stopped) return
    if (!run) {
      this.#was_down = true
      onAlert({ code: 'replicator_down', detail: 'Litestream does not answer; nothing is copied.' })
      return
    }
    if (this.#was_down) {
      onAlert({ code: 'replicator_back', detail: 'Litestream answers and gets every open file.' })
    }
    for (const followed of this.#followed.values()) void this.#settle(followed)
  }

  /** Brings one file to where it should be. Asked again meanwhile, it looks again afterwards. */
  #settle(followed: Followed): Promise<void> {
    followed.look_again = true
    return (followed.settling ??= this.#limiter.run(() => this.#settleUntilDone(followed)))
  }

  async #settleUntilDone(followed: Followed): Promise<void> {
    try {
      while (followed.look_again && this.options.daemon.run) {
        followed.look_again = false
        await this.#settleOnce(followed, this.options.daemon.run)
      }
    } catch (error) {
      this.#failed(followed, error as Error)
    } finally {
      // In the same turn as the last look: whoever asks from now on starts a new one.
      followed.settling = undefined
    }
  }

  async #settleOnce(followed: Followed, run: string): Promise<void> {
    const { daemon } = this.options
    if (!existsSync(followed.path)) {
      await daemon.unregister(followed.path)
      this.#followed.delete(followed.subject)
      return
    }
    if (followed.registered_by !== run) await this.#register(followed, run)
    if (followed.file) return followed.succeeded()
    // Our connections are closed, Litestream's is the last: its sync sees everything there will be.
    await daemon.sync(followed.path)
    if (followed.look_again) return
    await daemon.unregister(followed.path)
    followed.registered_by = undefined
    followed.succeeded()
    // Opened meanwhile, and perhaps closed again: something may have been written after all.
    if (followed.look_again) return
    markReplicated(followed.path, this.#target_id)
    this.#followed.delete(followed.subject)
  }

  async #register(followed: Followed, run: string): Promise<void> {
    const { daemon, remote, target, clock } = this.options
    let generation = readNote(followed.path, this.#target_id)
    if (generation === undefined) {
      const next = await nextGeneration(remote, followed.subject, clock.now())
      writeNote(followed.path, this.#target_id, next)
      generation = next.name
    }
    await daemon.register(followed.path, replicaUrl(target, followed.subject, generation))
    followed.registered_by = run
    followed.generation = generation
    if (followed.checkpoints_by_us) followed.giveCheckpointsAway()
  }

  async #confirm(followed: Followed): Promise<void> {
    const asked_at_ms = this.options.clock.now()
    const { commits } = followed
    try {
      await this.#limiter.run(() => this.options.daemon.sync(followed.path))
      followed.confirmed(commits, asked_at_ms)
    } catch (error) {
      this.#failed(followed, error as Error)
      // A daemon that answered may have forgotten the file: the next look registers it again.
      followed.registered_by = undefined
    }
  }

  #failed(followed: Followed, error: Error): void {
    followed.error = error.message
    if (error instanceof NoAnswer) return void this.options.daemon.look()
    if (followed.failure_reported) return
    followed.failure_reported = true
    const { subject } = followed
    this.options.onAlert({ code: 'copy_failing', subject, detail: error.message })
  }

  /** Nobody checkpoints a file whose daemon is gone: before its WAL fills the disk, we do. */
  #guardWal(followed: Followed): void {
    if (!followed.file || followed.checkpoints_by_us) return
    const wal = `${followed.path}-wal`
    const size_bytes = existsSync(wal) ? statSync(wal).size : 0
    if (size_bytes < this.options.wal_limit_bytes) return
    followed.takeCheckpointsBack()
    const name = tenantOf(followed.subject) ?? followed.subject
    this.options.onAlert({
      code: 'wal_growing',
      subject: followed.subject,
      detail: `The log of ${name} has ${size_bytes} bytes and is not being copied.`,
    })
  }
}
