/** The tenants' files: where each one lies, and a bounded set of open handles. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock } from '../kit/clock.ts'
import type { IdSource } from '../kit/id.ts'
import { Problem } from '../kit/problem.ts'
import { sha256Hex } from '../kit/secrets.ts'
import { openConnection } from './driver.ts'
import { syncFolder } from './sync-folder.ts'
import { DatabaseFile } from './file.ts'
import { latestVersion, migrate } from './migrate.ts'
import type { Scope } from './scope.ts'
import type { Read, Sync, Write } from './session.ts'

/** Told when a tenant's file opens and after it has closed: replication follows through this. */
export interface FileWatcher {
  opened(tenant_id: string, file: DatabaseFile): void
  closed(tenant_id: string): void
}

/** A tenant's file by name. Opens it when used, so holding one of these holds nothing. */
export class TenantFile {
  constructor(
    readonly tenant_id: string,
    private readonly files: TenantFiles,
  ) {}

  read<T>(scope: Scope, query: (read: Read) => Sync<T>): T {
    return this.files.open(this.tenant_id).read(scope, query)
  }

  write<T>(scope: Scope, command: (tx: Write) => Sync<T>): Promise<T> {
    return this.files.open(this.tenant_id).write(scope, command)
  }
}

export class TenantFiles {
  readonly #open = new Map<string, DatabaseFile>()
  readonly #watchers = new Set<FileWatcher>()
  /** Tenants whose file could not be brought up to date, and why; the others go on. */
  readonly maintenance = new Map<string, string>()

  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
    private readonly ids: IdSource,
    private readonly limit: number,
  ) {}

  /** `tenants/<2 hex>/<id>`: at most 256 folders side by side, however many tenants there are. */
  folderOf(tenant_id: string): string {
    return join(this.folder, 'tenants', sha256Hex(tenant_id).slice(0, 2), tenant_id)
  }

  pathOf(tenant_id: string): string {
    return join(this.folderOf(tenant_id), 'tenant.db')
  }

  exists(tenant_id: string): boolean {
    return this.#open.has(tenant_id) || existsSync(this.pathOf(tenant_id))
  }

  at(tenant_id: string): TenantFile {
    return new TenantFile(tenant_id, this)
  }

  get open_count(): number {
    return this.#open.size
  }

  /** Those in use just now. */
  openIds(): string[] {
    return [...this.#open.keys()]
  }

  watch(watcher: FileWatcher): void {
    this.#watchers.add(watcher)
    for (const [tenant_id, file] of this.#open) watcher.opened(tenant_id, file)
  }

  /**
   * The tenant's open file. Use it at once and do not keep it: an idle one is closed for another.
   * @throws Problem `not_found`, or `unavailable` while the tenant is in maintenance
   */
  open(tenant_id: string): DatabaseFile {
    const known = this.#open.get(tenant_id)
    if (known) {
      this.#touch(tenant_id, known)
      return known
    }
    const reason = this.maintenance.get(tenant_id)
    if (reason) throw this.#inMaintenance(reason)
    if (!existsSync(this.pathOf(tenant_id))) {
      throw new Problem('not_found', `There is no tenant ${tenant_id}.`)
    }
    const file = this.#openFile(tenant_id)
    this.#makeRoom()
    this.#open.set(tenant_id, file)
    this.#touch(tenant_id, file)
    for (const watcher of this.#watchers) watcher.opened(tenant_id, file)
    return file
  }

  /**
   * Makes a new tenant's file: a copy of an empty, migrated one, filled by `prepare` aside and
   * renamed into place, so that a half-made tenant is never seen.
   * @param begin puts another file in the place of the empty one
   */
  async create(
    tenant_id: string,
    prepare: (file: DatabaseFile) => Promise<void> = () => Promise.resolve(),
    begin: (path: string) => Promise<void> = (path) => copyFile(this.#template(), path),
  ): Promise<void> {
    const aside = this.#asideOf(tenant_id)
    rmSync(aside, { recursive: true, force: true })
    mkdirSync(aside, { recursive: true, mode: 0o700 })
    const path = join(aside, 'tenant.db')
    await begin(path)
    const file = new DatabaseFile(path, this.clock, this.ids)
    try {
      await prepare(file)
    } finally {
      await file.close()
    }
    const shelf = dirname(this.folderOf(tenant_id))
    mkdirSync(shelf, { recursive: true, mode: 0o700 })
    renameSync(aside, this.folderOf(tenant_id))
    // The file was synced when it closed; the names that lead to it are synced here.
    for (const folder of [this.folderOf(tenant_id), shelf, dirname(shelf)]) syncFolder(folder)
  }

  /** Removes what `create` left of a tenant that nobody was told about: aside and in place. */
  async discard(tenant_id: string): Promise<void> {
    await this.close(tenant_id)
    const shelf = dirname(this.folderOf(tenant_id))
    rmSync(this.#asideOf(tenant_id), { recursive: true, force: true })
    rmSync(this.folderOf(tenant_id), { recursive: true, force: true })
    // Its row goes next: without this a power cut would bring back what no row leads to.
    for (const folder of [shelf, dirname(shelf)]) if (existsSync(folder)) syncFolder(folder)
  }

  /** Closes a tenant's file and keeps it closed while `work` moves, replaces or removes it. */
  async withClosed<T>(tenant_id: string, why: string, work: () => Promise<T> | T): Promise<T> {
    this.maintenance.set(tenant_id, why)
    try {
      await this.close(tenant_id)
      return await work()
    } finally {
      this.maintenance.delete(tenant_id)
    }
  }

  async close(tenant_id: string): Promise<void> {
    const file = this.#open.get(tenant_id)
    if (!file) return
    await file.idle()
    this.#closeNow(tenant_id, file)
  }

  async closeAll(): Promise<void> {
    for (const tenant_id of [...this.#open.keys()]) await this.close(tenant_id)
  }

  #openFile(tenant_id: string): DatabaseFile {
    const file = new DatabaseFile(this.pathOf(tenant_id), this.clock, this.ids)
    try {
      migrate(file.connection, 'tenant')
      return file
    } catch (error) {
      file.closeNow()
      const reason = error instanceof Error ? error.message : String(error)
      this.maintenance.set(tenant_id, reason)
      throw this.#inMaintenance(reason)
    }
  }

  #inMaintenance(reason: string): Problem {
    const detail = `This business is in maintenance: ${reason}`
    return new Problem('unavailable', detail, {}, { 'retry-after': '30' })
  }

  /** Keeps the map in order of use; once a second is precise enough to choose who is closed. */
  #touch(tenant_id: string, file: DatabaseFile): void {
    const now_ms = this.clock.now()
    if (now_ms - file.used_at_ms < 1_000) return
    file.used_at_ms = now_ms
    this.#open.delete(tenant_id)
    this.#open.set(tenant_id, file)
  }

  #makeRoom(): void {
    for (const [tenant_id, file] of this.#open) {
      if (this.#open.size < this.limit) return
      if (!file.busy) this.#closeNow(tenant_id, file)
    }
  }

  #closeNow(tenant_id: string, file: DatabaseFile): void {
    this.#open.delete(tenant_id)
    file.closeNow()
    for (const watcher of this.#watchers) watcher.closed(tenant_id)
  }

  #asideOf(tenant_id: string): string {
    return join(this.folder, 'tenants', `.making-${tenant_id}`)
  }

  #template(): string {
    const path = join(this.folder, `empty-tenant-${latestVersion('tenant')}.db`)
    if (!existsSync(path)) {
      const connection = openConnection(`${path}.making`)
      migrate(connection, 'tenant')
      connection.pragma('wal_checkpoint(TRUNCATE)')
      connection.close()
      renameSync(`${path}.making`, path)
    }
    return path
  }
}
