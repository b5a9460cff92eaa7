/** One process owns a data folder. A second one waits, and takes over when the first is gone. */
import { join } from 'node:path'
import { openForLocking, type Connection } from './driver.ts'

const retry_ms = 250

/**
 * Takes the exclusive lock of a folder. The kernel gives it back when the process ends, however it
 * ends, so a lock never outlives its owner.
 */
export class FolderLock {
  private constructor(private readonly connection: Connection) {}

  /** The lock, or undefined when another process has it. */
  static tryTake(folder: string): FolderLock | undefined {
    const connection = openForLocking(join(folder, 'lock.db'))
    try {
      connection.exec('BEGIN EXCLUSIVE')
      return new FolderLock(connection)
    } catch (error) {
      connection.close()
      if ((error as { code?: string }).code === 'SQLITE_BUSY') return undefined
      throw error
    }
  }

  /** Waits as a standby until the lock is free; `onWait` is told once. */
  static async take(folder: string, onWait: () => void = () => {}): Promise<FolderLock> {
    let waiting = false
    for (;;) {
      const lock = FolderLock.tryTake(folder)
      if (lock) return lock
      if (!waiting) onWait()
      waiting = true
      await Bun.sleep(retry_ms)
    }
  }

  get held(): boolean {
    return this.connection.open && this.connection.inTransaction
  }

  release(): void {
    this.connection.close()
  }
}
