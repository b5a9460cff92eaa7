/** Hands over what is queued: of every business and of the platform, each mail when it is due. */
import type { Logger } from 'pino'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import { CommitFollower } from '../events/follow-commits.ts'
import { Alarm } from '../jobs/alarm.ts'
import type { MailSettings, Services } from '../operations/services.ts'
import { compose } from './compose.ts'
import { hasText } from './read.ts'
import { sendMail, type Outcome } from './send.ts'
import { settle } from './settle.ts'
import { dueMails, keepDueMails, nextDue, type MailRow } from './store.ts'

export interface MailDispatcherOptions {
  data: DataFolder
  services: Pick<Services, 'mail' | 'public_url'>
  log: Logger
}

/** Conversations with the mail server at once: for everybody together, and for one business. */
const lanes = { together: 8, of_one: 2 }
const kept_at_once = 500
/** How long mails that are on their way may take to end when we stop. */
const stop_grace_ms = 3_000
const pause_after_trouble_ms = 30_000

const too_late: Outcome = {
  sent: false,
  final: true,
  words: 'Its time was over before it could leave.',
}

/**
 * What is on its way is known here only: a mail stays `queued` in the file until the answer of the
 * mail server is recorded, so one that was on its way when the process died is sent again, under the
 * same Message-ID. The platform's own file goes by the empty name.
 */
export class MailDispatcher {
  readonly #on_their_way = new Map<string, Set<string>>()
  readonly #sending = new Set<Promise<void>>()
  /** Files that found all lanes taken. */
  readonly #waiting = new Set<string>()
  readonly #follower: CommitFollower
  readonly #alarm: Alarm
  #stopped = false

  constructor(private readonly options: MailDispatcherOptions) {
    const { data, log } = options
    this.#follower = new CommitFollower(
      (tenant_id) => this.#dispatch(tenant_id),
      (tenant_id, error) => log.error({ err: error, tenant_id }, 'mail could not be sent'),
    )
    this.#alarm = new Alarm(data.clock, (tenant_id) => this.#follower.wake(tenant_id))
  }

  start(): void {
    const { data } = this.options
    this.#follower.opened('', data.platform)
    this.#follower.start(data.tenants)
  }

  /** Looks again at every file whose next mail is due: what the timer does. */
  ring(): void {
    this.#alarm.ring()
  }

  /** Resolves when nothing is on its way and nothing that is due waits to be. */
  async idle(): Promise<void> {
    do {
      await this.#follower.idle()
      await Promise.all(this.#sending)
      await this.#follower.idle()
    } while (this.#sending.size > 0)
  }

  /** Lets what is on its way end, for a moment; the rest is sent by the next start. */
  async stop(): Promise<void> {
    this.#alarm.stop()
    await this.#follower.stop()
    let timer: ReturnType<typeof setTimeout> | undefined
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, stop_grace_ms)
    })
    await Promise.race([Promise.all(this.#sending), grace])
    clearTimeout(timer)
    this.#stopped = true
  }

  async #dispatch(tenant_id: string): Promise<void> {
    const file = this.#fileOf(tenant_id)
    const scope = systemScope('mail', '', tenant_id)
    const next = file.read(scope, nextDue)
    const waits = next === undefined || next > file.read(scope, ({ now }) => now)
    if (waits) {
      this.#alarm.set(tenant_id, next === undefined ? undefined : Date.parse(next))
      return
    }
    const { mail } = this.options.services
    if (!mail) await file.write(scope, (tx) => keepDueMails(tx, kept_at_once))
    else for (const row of this.#take(tenant_id)) this.#begin(tenant_id, row, mail)
  }

  /** Takes what is due and fits the lanes. Their places are taken at once. */
  #take(tenant_id: string): MailRow[] {
    const own = this.#on_their_way.get(tenant_id) ?? new Set()
    const free = Math.min(lanes.of_one - own.size, lanes.together - this.#sending.size)
    if (free <= 0) {
      if (own.size < lanes.of_one) this.#waiting.add(tenant_id)
      return []
    }
    const scope = systemScope('mail', '', tenant_id)
    const taken = this.#fileOf(tenant_id)
      .read(scope, (read) => dueMails(read, own.size + free))
      .filter(({ id }) => !own.has(id))
      .slice(0, free)
    for (const { id } of taken) own.add(id)
    this.#on_their_way.set(tenant_id, own)
    return taken
  }

  #begin(tenant_id: string, row: MailRow, mail: MailSettings): void {
    const sending = this.#send(tenant_id, row, mail)
      .then(
        () => this.#follower.wake(tenant_id),
        (error: unknown) => this.#troubled(tenant_id, row, error),
      )
      .finally(() => {
        this.#sending.delete(sending)
        for (const waiting of this.#waiting) this.#follower.wake(waiting)
        this.#waiting.clear()
      })
    this.#sending.add(sending)
  }

  async #send(tenant_id: string, row: MailRow, mail: MailSettings): Promise<void> {
    const file = this.#fileOf(tenant_id)
    const scope = systemScope('mail', row.organization_id, tenant_id)
    const { public_url } = this.options.services
    try {
      const message = file.read(scope, (read) =>
        hasText(row, read.now) ? compose(read, row, mail, public_url) : undefined,
      )
      const outcome = message ? await sendMail(mail, message) : too_late
      if (this.#stopped) return
      await file.write(scope, (tx) => settle(tx, row, outcome))
    } finally {
      this.#leave(tenant_id, row.id)
    }
  }

  #leave(tenant_id: string, id: string): void {
    const own = this.#on_their_way.get(tenant_id)
    own?.delete(id)
    if (own?.size === 0) this.#on_their_way.delete(tenant_id)
  }

  /** It stays as it was and is sent again, but not at once: the file may be in trouble. */
  #troubled(tenant_id: string, { id }: MailRow, error: unknown): void {
    const { data, log } = this.options
    log.error({ err: error, tenant_id, id }, 'what became of a mail could not be recorded')
    this.#alarm.set(tenant_id, data.clock.now() + pause_after_trouble_ms)
  }

  #fileOf(tenant_id: string) {
    const { data } = this.options
    return tenant_id ? data.tenants.at(tenant_id) : data.platform
  }
}
