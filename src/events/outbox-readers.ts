/** Keeps all readers of the outbox going: each at its own place, for every tenant that changes. */
import type { Logger } from 'pino'
import { systemScope } from '../db/scope.ts'
import type { TenantFiles } from '../db/tenant-files.ts'
import { CommitFollower } from './follow-commits.ts'
import { findPosition, readOutbox, type OutboxReader, type Position } from './read-outbox.ts'
import { moveReader } from './store.ts'

export class OutboxReaders {
  readonly #follower: CommitFollower
  readonly #positions = new Map<string, Map<string, Position>>()

  constructor(
    private readonly tenants: TenantFiles,
    private readonly readers: readonly OutboxReader[],
    log: Logger,
  ) {
    this.#follower = new CommitFollower(
      (tenant_id) => this.#readAll(tenant_id),
      (tenant_id, error) => log.error({ err: error, tenant_id }, 'a reader of the outbox failed'),
      (tenant_id) => this.#positions.delete(tenant_id),
    )
  }

  start(): void {
    this.#follower.start(this.tenants)
  }

  idle(): Promise<void> {
    return this.#follower.idle()
  }

  stop(): Promise<void> {
    return this.#follower.stop()
  }

  /** Lets a reader begin again after `seq`: 0 is the first event there ever was. */
  async rewind(tenant_id: string, name: string, seq: number): Promise<void> {
    await this.#follower.idle()
    await this.tenants.at(tenant_id).write(systemScope(name), (tx) => moveReader(tx, name, seq))
    this.#positions.delete(tenant_id)
    this.#follower.wake(tenant_id)
  }

  /** One reader that fails does not hold up the others; it tries again with the next commit. */
  async #readAll(tenant_id: string): Promise<void> {
    const results = await Promise.allSettled(
      this.readers.map((reader) => this.#readOne(tenant_id, reader)),
    )
    const errors = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    )
    if (errors.length > 0) throw new AggregateError(errors, 'readers of the outbox failed')
  }

  async #readOne(tenant_id: string, reader: OutboxReader): Promise<void> {
    const file = this.tenants.at(tenant_id)
    const positions = this.#positionsOf(tenant_id)
    let position = positions.get(reader.name) ?? findPosition(file, reader)
    for (let has_more = true; has_more; positions.set(reader.name, position)) {
      ;({ position, has_more } = await readOutbox(file, reader, position))
    }
  }

  #positionsOf(tenant_id: string): Map<string, Position> {
    let positions = this.#positions.get(tenant_id)
    if (!positions) this.#positions.set(tenant_id, (positions = new Map()))
    return positions
  }
}
