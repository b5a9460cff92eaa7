/** Does something for a tenant whenever its file has changed, and never twice at once. */
import type { DatabaseFile } from '../db/file.ts'
import type { FileWatcher, TenantFiles } from '../db/tenant-files.ts'

type Work = (tenant_id: string) => Promise<void> | void

/**
 * Follows the files that are open: work runs when one opens and after each commit, later in the same
 * turn of the event loop. Commits that arrive while it runs make it run once more. It keeps no file
 * open and polls nothing.
 */
export class CommitFollower implements FileWatcher {
  readonly #running = new Map<string, Promise<void>>()
  readonly #again = new Set<string>()
  #stopped = false

  constructor(
    private readonly work: Work,
    private readonly onFailure: (tenant_id: string, error: unknown) => void,
    private readonly onClosed: (tenant_id: string) => void = () => {},
  ) {}

  start(tenants: TenantFiles): void {
    tenants.watch(this)
  }

  opened(tenant_id: string, file: DatabaseFile): void {
    file.onCommit(() => this.wake(tenant_id))
    this.wake(tenant_id)
  }

  closed(tenant_id: string): void {
    this.onClosed(tenant_id)
  }

  wake(tenant_id: string): void {
    if (this.#stopped) return
    if (this.#running.has(tenant_id)) {
      this.#again.add(tenant_id)
      return
    }
    const done = this.#run(tenant_id).finally(() => {
      this.#running.delete(tenant_id)
      if (this.#again.delete(tenant_id)) this.wake(tenant_id)
    })
    this.#running.set(tenant_id, done)
  }

  /** Resolves when nothing runs and nothing waits to. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values())
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.idle()
  }

  async #run(tenant_id: string): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve))
    if (this.#stopped) return
    try {
      await this.work(tenant_id)
    } catch (error) {
      this.onFailure(tenant_id, error)
    }
  }
}
