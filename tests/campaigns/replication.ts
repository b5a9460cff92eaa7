/**
 * Writes many tenants at random under a real Litestream, kills either process again and again,
 * deletes the data folder, restores everything, and compares with what was known to be copied.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/kit/clock.ts'
import { databasePath, restoreAll } from '../../src/replication/restore-all.ts'
import { tenantSubject, type ReplicaTarget } from '../../src/replication/settings.ts'
import { findProgram } from '../services/find-program.ts'
import { startMinio } from '../services/minio-server.ts'
import { contentHash, countedNotes, until } from '../services/replicated-folder.ts'
import { Random } from '../random.ts'
import type { WriterInput, WriterSays } from './replication-writer.ts'

export interface ReplicationCampaignOptions {
  tenants: number
  /** The same seed chooses the same tenants and pauses; what the kills hit depends on the machine. */
  seed: number
  /** Takeovers by a standby after the application was killed, before each loss of the folder. */
  takeovers: number
  /** Times the whole data folder is lost. */
  losses: number
  targets: readonly ('folder' | 's3')[]
  print: (line: string) => void
}

export interface ReplicationTotals {
  seed: number
  writes: number
  litestream_kills: number
  application_kills: number
  folders_lost: number
  files_restored: number
  /** Notes that were written, not yet known to be copied, and gone with the folder. */
  notes_lost: number
  notes_restored: number
  files_compared_by_hash: number
}

/** Throws at the first difference, with the seed in the message. */
export async function runReplicationCampaign(
  options: ReplicationCampaignOptions,
): Promise<ReplicationTotals> {
  const { seed, print } = options
  const totals: ReplicationTotals = {
    ...{ seed, writes: 0, litestream_kills: 0, application_kills: 0, folders_lost: 0 },
    ...{ files_restored: 0, notes_lost: 0, notes_restored: 0, files_compared_by_hash: 0 },
  }
  print(`replication: seed ${seed}, ${options.tenants} tenants, ${options.targets.join(' and ')}`)
  for (const kind of options.targets) {
    const scratch = mkdtempSync(join(tmpdir(), 'stowage-campaign-'))
    const minio = kind === 's3' ? await startMinio(programs().minio, join(scratch, 'minio')) : null
    try {
      const target = minio?.target ?? { kind: 'folder' as const, path: join(scratch, 'replica') }
      await new Campaign(options, totals, join(scratch, 'data'), target).run()
    } catch (error) {
      throw new Error(`seed ${seed}, ${kind}: ${(error as Error).message}`, { cause: error })
    } finally {
      await minio?.stop()
      rmSync(scratch, { recursive: true, force: true })
    }
    print(`replication to a ${kind}: ${JSON.stringify(totals)}`)
  }
  return totals
}

/** Undefined with a printed reason when a program is missing. */
export function canRunReplicationCampaign(): boolean {
  return [findProgram('litestream'), findProgram('minio')].every(Boolean)
}

function programs(): { litestream: string; minio: string } {
  const [litestream, minio] = [findProgram('litestream'), findProgram('minio')]
  if (!litestream || !minio) throw new Error('Litestream and MinIO are needed.')
  return { litestream, minio }
}

class Campaign {
  readonly #random: Random
  readonly #tenants: string[]
  readonly #binary = programs().litestream
  /** What the target held for certain when it was last said. */
  #synced: Record<string, number> = {}

  constructor(
    private readonly options: ReplicationCampaignOptions,
    private readonly totals: ReplicationTotals,
    private readonly data_folder: string,
    private readonly target: ReplicaTarget,
  ) {
    this.#random = new Random(options.seed)
    this.#tenants = Array.from({ length: options.tenants }, (_, index) => `ten_${index}`)
  }

  async run(): Promise<void> {
    for (let loss = 0; loss < this.options.losses; loss++) {
      const last = loss === this.options.losses - 1
      let writer = this.#startWriter()
      await writer.heard('open')
      for (let takeover = 0; takeover < this.options.takeovers; takeover++) {
        const standby = this.#startWriter()
        await standby.heard('waiting')
        await this.#disturb(writer)
        await this.#kill(writer)
        await standby.heard('open')
        writer = standby
      }
      await this.#disturb(writer)
      const hashes = last ? await this.#finish(writer) : undefined
      await this.#loseFolder(writer)
      await this.#restoreAndCompare(hashes)
    }
  }

  #startWriter(): Writer {
    const { data_folder, target } = this
    const input = { data_folder, target, binary: this.#binary, tenants: this.#tenants }
    return new Writer({ ...input, seed: this.#random.below(2 ** 31) }, (said) => {
      if (said.says === 'synced') this.#synced = { ...this.#synced, ...said.notes }
    })
  }

  /** Lets it write and sync, and kills Litestream at a random moment of it. */
  async #disturb(writer: Writer): Promise<void> {
    await writer.heardAgain('synced')
    await Bun.sleep(this.#random.below(600))
    const killed = this.#killLitestream()
    await until('another Litestream runs', () => this.#litestreamPid() !== killed)
    await writer.heardAgain('synced')
    await Bun.sleep(this.#random.below(600))
  }

  async #kill(writer: Writer): Promise<void> {
    await writer.kill()
    this.totals.application_kills += 1
    this.totals.writes += writer.writes
  }

  async #finish(writer: Writer): Promise<Record<string, string>> {
    writer.finish()
    const said = await writer.heard('finished')
    return said.hashes
  }

  /** Both processes die at the same moment; then everything beside the copies is gone. */
  async #loseFolder(writer: Writer): Promise<void> {
    const pid = this.#killLitestream()
    await this.#kill(writer)
    await until('Litestream is gone', () => pid === undefined || !isRunning(pid))
  }

  async #restoreAndCompare(hashes: Record<string, string> | undefined): Promise<void> {
    const { data_folder, target, totals } = this
    const written = this.#tenants.map((id) => this.#count(id))
    rmSync(data_folder, { recursive: true })
    totals.folders_lost += 1
    const result = await restoreAll({
      ...{ data_folder, target, binary: this.#binary, clock: systemClock },
      prove: (path, subject) => {
        if (subject !== 'platform') countedNotes(path, subject.slice('tenants/'.length))
      },
    })
    if (result.failed.length > 0) throw new Error(`not restored: ${JSON.stringify(result.failed)}`)
    totals.files_restored += result.restored.length
    this.#tenants.forEach((tenant_id, index) => {
      const restored = this.#count(tenant_id)
      const certain = this.#synced[tenant_id] ?? 0
      if (restored < certain || restored > written[index]!) {
        throw new Error(
          `${tenant_id}: ${certain} synced, ${written[index]} written, ${restored} back`,
        )
      }
      totals.notes_restored += restored
      totals.notes_lost += written[index]! - restored
    })
    for (const [subject, hash] of Object.entries(hashes ?? {})) {
      if (contentHash(databasePath(data_folder, subject)) !== hash) {
        throw new Error(`${subject} is not what it was when everything was synced`)
      }
      totals.files_compared_by_hash += 1
    }
  }

  #count(tenant_id: string): number {
    return countedNotes(databasePath(this.data_folder, tenantSubject(tenant_id)), tenant_id)
  }

  #litestreamPid(): number | undefined {
    const note = join(this.data_folder, 'run', 'litestream.pid')
    return existsSync(note) ? Number(readFileSync(note, 'utf8')) : undefined
  }

  #killLitestream(): number | undefined {
    const pid = this.#litestreamPid()
    if (!pid || !isRunning(pid)) return undefined
    process.kill(pid, 'SIGKILL')
    this.totals.litestream_kills += 1
    return pid
  }
}

/** A process that is dead and not yet collected by its parent has no command line. */
function isRunning(pid: number): boolean {
  const path = `/proc/${pid}/cmdline`
  return existsSync(path) && readFileSync(path, 'utf8') !== ''
}

/** The child process, and what it has said so far. */
class Writer {
  readonly #child
  readonly #said: WriterSays[] = []
  writes = 0

  constructor(input: WriterInput, hear: (said: WriterSays) => void) {
    const script = join(import.meta.dir, 'replication-writer.ts')
    this.#child = Bun.spawn([process.execPath, script, JSON.stringify(input)], {
      stdin: 'pipe',
      stdout: 'pipe',
      stderr: 'inherit',
    })
    void this.#listen(hear)
  }

  async heard<Kind extends WriterSays['says']>(
    kind: Kind,
  ): Promise<Extract<WriterSays, { says: Kind }>> {
    await this.#heardMoreThan(kind, 0)
    return this.#said.find((said) => said.says === kind) as Extract<WriterSays, { says: Kind }>
  }

  /** Once more than until now. */
  heardAgain(kind: WriterSays['says']): Promise<void> {
    return this.#heardMoreThan(kind, this.#timesHeard(kind))
  }

  finish(): void {
    this.#child.stdin.write('finish\n')
    void this.#child.stdin.flush()
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL')
    await this.#child.exited
  }

  #timesHeard(kind: WriterSays['says']): number {
    return this.#said.filter((said) => said.says === kind).length
  }

  #heardMoreThan(kind: WriterSays['says'], times: number): Promise<void> {
    return until(`the application says "${kind}"`, () => {
      if (this.#child.exitCode !== null) throw new Error('the application ended by itself')
      return this.#timesHeard(kind) > times
    })
  }

  async #listen(hear: (said: WriterSays) => void): Promise<void> {
    const decoder = new TextDecoder()
    let rest = ''
    for await (const chunk of this.#child.stdout) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const said = JSON.parse(line) as WriterSays
        this.#said.push(said)
        if ('writes' in said) this.writes = said.writes
        hear(said)
      }
    }
  }
}
