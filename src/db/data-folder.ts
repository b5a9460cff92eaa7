/** Where everything is kept, and the one object through which all files are reached. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock, type Clock } from '../kit/clock.ts'
import { newId, type IdSource } from '../kit/id.ts'
import { DatabaseFile } from './file.ts'
import { FolderLock } from './lock.ts'
import { migrate } from './migrate.ts'
import { syncFolder } from './sync-folder.ts'
import { TenantFiles } from './tenant-files.ts'

export interface DataFolderOptions {
  clock?: Clock
  ids?: IdSource
  /** Tenant files kept open at once. */
  open_files?: number
  /** Told once when another process holds the folder and this one waits as a standby. */
  onWait?: () => void
}

export class DataFolder {
  private constructor(
    readonly path: string,
    readonly platform: DatabaseFile,
    readonly tenants: TenantFiles,
    readonly clock: Clock,
    readonly ids: IdSource,
    private readonly lock: FolderLock,
  ) {}

  /** Takes the folder for this process and brings `platform.db` up to date. */
  static async open(path: string, options: DataFolderOptions = {}): Promise<DataFolder> {
    const clock = options.clock ?? systemClock
    const ids = options.ids ?? newId
    mkdirSync(join(path, 'tenants'), { recursive: true, mode: 0o700 })
    const lock = await FolderLock.take(path, options.onWait)
    const platform = new DatabaseFile(join(path, 'platform.db'), clock, ids)
    migrate(platform.connection, 'platform')
    syncFolder(path)
    const tenants = new TenantFiles(path, clock, ids, options.open_files ?? 1_024)
    return new DataFolder(path, platform, tenants, clock, ids, lock)
  }

  /** True while no other process can work on these files. */
  get held(): boolean {
    return this.lock.held
  }

  async close(): Promise<void> {
    await this.tenants.closeAll()
    await this.platform.close()
    this.lock.release()
  }
}
