/** What has to be true of all businesses after a server was torn away, and once all was finished. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { removeExpiredSiblings } from '../../src/branches/schedules.ts'
import { masterKey } from '../../src/commands/master-key.ts'
import type { DataFolder } from '../../src/db/data-folder.ts'
import { systemScope } from '../../src/db/scope.ts'
import type { Read } from '../../src/db/session.ts'
import { proveWholeNow } from '../../src/ledger/proof/prove-whole.ts'
import { proveAudit } from '../../src/audit/prove.ts'
import { isCertified } from '../../src/lifecycle/erasure/certify.ts'
import { endClosedBusinesses } from '../../src/lifecycle/schedules.ts'
import { openObjects } from '../../src/objects/open-objects.ts'
import type { Services } from '../../src/operations/services.ts'
import type { RunContext } from '../../src/schedule/schedule.ts'
import { finishPending } from '../../src/tenants/finish-pending.ts'
import type { Known, Memory, Standing } from './platform-memory.ts'

const scope = systemScope('campaign')

interface Row {
  id: string
  name: string
  slug: string
  status: string
  kind: string
  plan: string
}

export function require(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}

export function requireAudit(read: Read): void {
  for (let after = 0; ;) {
    const proof = proveAudit(read, { after })
    require(proof.holds, `the audit differs: ${JSON.stringify(proof)}`)
    if (proof.complete) return
    after = proof.checked_to
  }
}

/** What the next start and the clock do; not always, so that it is torn away itself now and then. */
export async function finishAll(data: DataFolder): Promise<void> {
  const context = contextOf(data)
  await finishPending(data, context.services.objects, (error) => {
    throw error
  })
  const ended = await endClosedBusinesses.run(context)
  const removed = await removeExpiredSiblings.run(context)
  require(ended.failed === 0, `the clock could not end businesses: ${JSON.stringify(ended)}`)
  require(removed.failed === 0, `the clock could not remove siblings: ${JSON.stringify(removed)}`)
}

function contextOf(data: DataFolder): RunContext {
  const place = { folderOf: (id: string) => data.tenants.folderOf(id) }
  const services: Services = {
    objects: openObjects(
      { kind: 'local' },
      { ...place, scratch_folder: join(data.path, 'scratch') },
    ),
    public_url: 'http://localhost',
    master_key: masterKey(join(data.path, 'master.key')),
  }
  return {
    ...{ run_id: 'run_campaign', due_at: '', data, services, log: pino({ level: 'silent' }) },
    signal: new AbortController().signal,
    eachTenant: () => Promise.resolve(),
  }
}

/** @param finished whether `finishAll` has run just now: nothing may be under way any more */
export function checkPlatform(data: DataFolder, memory: Memory, finished: boolean): void {
  const rows = data.platform.read(scope, (read) => {
    requireAudit(read)
    return read.all<Row>(
      `SELECT t.id, t.name, t.slug, t.status, t.kind, coalesce((SELECT p.code FROM subscriptions s
          JOIN plans p ON p.id = s.plan_id WHERE s.tenant_id = t.id AND s.until_at IS NULL),
          'unlimited') AS plan FROM tenants t`,
    )
  })
  data.platform.read(scope, (read) => {
    nothingDangles(read)
    erasuresAreCertified(read, masterKey(join(data.path, 'master.key')), finished)
    signUpsFoundOnce(read, memory)
  })
  foundedOnce(rows, memory)
  filesMatchRows(data, rows, finished)
  standAsTold(rows, memory, finished)
  for (const row of rows) {
    if (row.status === 'pending' || row.status === 'deleted') continue
    if (!data.tenants.exists(row.id)) continue
    const known = memory.businesses.get(row.id)
    data.tenants.at(row.id).read(scope, (read) => insideHolds(read, row, known, memory))
  }
}

/** No row of a business that is not there. */
function nothingDangles(read: Read): void {
  const broken = read.all('PRAGMA foreign_key_check')
  require(broken.length === 0, `rows of nobody: ${JSON.stringify(broken)}`)
  for (const table of ['domains', 'siblings', 'plan_overrides', 'requirements', 'told_states']) {
    const left = read.all(
      `SELECT x.tenant_id, t.status FROM ${table} x LEFT JOIN tenants t ON t.id = x.tenant_id
        WHERE t.id IS NULL OR t.status = 'deleted' LIMIT 3`,
    )
    require(left.length === 0, `${table} of businesses that are gone: ${JSON.stringify(left)}`)
  }
  const nameless = read.all(
    `SELECT id, status FROM tenants t WHERE status <> 'deleted' AND NOT EXISTS
      (SELECT 1 FROM domains WHERE tenant_id = t.id AND kind = 'subdomain' AND state <> 'released')`,
  )
  require(nameless.length === 0, `nobody reaches ${JSON.stringify(nameless)}`)
  const uncopied = read.all(
    `SELECT t.id FROM tenants t LEFT JOIN siblings s ON s.tenant_id = t.id
      WHERE t.status NOT IN ('pending', 'deleted') AND ((t.kind <> 'primary') <> (s.tenant_id IS NOT NULL)
        OR (t.kind = 'branch' AND s.copied_at IS NULL))`,
  )
  require(uncopied.length === 0, `half of a sibling: ${JSON.stringify(uncopied)}`)
}

function erasuresAreCertified(read: Read, master_key: Uint8Array, finished: boolean): void {
  const erasures = read.all<{
    tenant_id: string
    state: string
    status: string
    certificate: string | null
    signature: Uint8Array | null
    sought: Uint8Array | null
  }>('SELECT e.*, t.status FROM erasures e JOIN tenants t ON t.id = e.tenant_id')
  for (const { tenant_id, state, status, certificate, signature, sought } of erasures) {
    require(status === 'deleted', `${tenant_id} is being erased and is ${status}`)
    if (state === 'running') {
      require(!finished, `the erasure of ${tenant_id} goes on for ever`)
      continue
    }
    require(sought === null, `${tenant_id}: what was sought is still known`)
    require(isCertified(certificate!, signature!, master_key), `${tenant_id}: not certified`)
  }
}

function signUpsFoundOnce(read: Read, { sign_ups }: Memory): void {
  for (const { email, name, confirmed } of sign_ups) {
    const row = read.get<{ state: string; status: string | null }>(
      `SELECT s.state, t.status FROM sign_ups s LEFT JOIN tenants t ON t.id = s.tenant_id
        WHERE s.email = ?`,
      email,
    )
    require(row !== undefined, `the sign-up of ${name} was acknowledged and is gone`)
    if (confirmed !== 'maybe') {
      const ought = confirmed === 'yes' ? 'founded' : 'pending'
      require(row?.state === ought, `the sign-up of ${name} is ${row?.state}, not ${ought}`)
    }
    const pair = `${row?.state} ${row?.status}`
    const whole = row?.state === 'founded' ? row.status !== null : row?.status !== 'active'
    require(whole, `the sign-up of ${name}: ${pair}`)
  }
}

function foundedOnce(rows: readonly Row[], { names, sign_ups }: Memory): void {
  const counts = new Map<string, number>()
  for (const { name } of rows) counts.set(name, (counts.get(name) ?? 0) + 1)
  for (const name of names) {
    const count = counts.get(name) ?? 0
    require(count <= 1, `${name} was founded ${count} times`)
  }
  for (const { name, confirmed } of sign_ups) {
    if (confirmed === 'yes')
      require(counts.get(name) === 1, `${name} was confirmed, and is not there`)
  }
}

/** A row has its file, a file has its row, and nothing half-made lies beside them. */
function filesMatchRows(data: DataFolder, rows: readonly Row[], finished: boolean): void {
  const status_of = new Map(rows.map(({ id, status }) => [id, status]))
  const folder = join(data.path, 'tenants')
  for (const shelf of readdirSync(folder)) {
    const aside = /^\.(?:making|restoring)-(.+)$/.exec(shelf)?.[1]
    if (aside) {
      const allowed = !finished && status_of.get(aside) === 'pending'
      require(allowed, `${shelf} lies about; its business is ${status_of.get(aside)}`)
      continue
    }
    for (const id of readdirSync(join(folder, shelf))) {
      const status = status_of.get(id)
      require(status !== undefined, `the folder ${id} is nobody's`)
      // A stone whose folder is still there has an erasure that goes on.
      if (status === 'deleted')
        require(!finished && isBeingErased(data, id), `${id} is gone, and its folder is not`)
    }
  }
  for (const { id, status } of rows) {
    if (status === 'pending') require(!finished, `${id} is founded for ever`)
    if (status === 'pending' || status === 'deleted') continue
    // A sibling that is being removed loses its file before its row.
    const may_be_without = status === 'closing' && !finished
    require(may_be_without ||
      existsSync(data.tenants.pathOf(id)), `${id} is ${status}, and has no file`)
  }
}

const isBeingErased = (data: DataFolder, id: string): boolean =>
  data.platform.read(
    scope,
    (read) =>
      read.get("SELECT 1 FROM erasures WHERE tenant_id = ? AND state = 'running'", id) !==
      undefined,
  )

const standingOf = (status: string | undefined): Standing => {
  if (status === undefined || status === 'deleted') return 'gone'
  return status === 'closing' ? 'closing' : 'open'
}

/** What was acknowledged is so; what was in doubt is known from here on. */
function standAsTold(rows: readonly Row[], { businesses }: Memory, finished: boolean): void {
  const row_of = new Map(rows.map((row) => [row.id, row]))
  for (const known of businesses.values()) {
    const row = row_of.get(known.id)
    require(row !== undefined, `${known.name} was acknowledged and is not there`)
    const is = standingOf(row?.status)
    const may = [...known.may_be].join(' or ')
    require(known.may_be.has(is), `${known.name} (${known.id}) is ${row?.status}, not ${may}`)
    if (finished) known.may_be = new Set([is])
    if (is === 'gone' || known.parent_id) continue
    const plans = [...known.plans].join(' or ')
    require(known.plans.has(row!.plan), `${known.name} is on ${row!.plan}, not ${plans}`)
    known.plans = new Set([row!.plan])
  }
}

function insideHolds(read: Read, row: Row, known: Known | undefined, memory: Memory): void {
  requireAudit(read)
  const proof = proveWholeNow(read)
  require(proof.holds, `${row.id}: the ledger differs: ${JSON.stringify(proof)}`)
  usageAddsUp(read, row.id)
  if (!known) return
  const skus = new Set(read.all<{ sku: string }>('SELECT sku FROM items').map(({ sku }) => sku))
  for (const sku of known.skus) require(skus.has(sku), `${row.name}: ${sku} was acknowledged`)
  const calls = read.get<{ calls: number }>(
    "SELECT coalesce(sum(quantity), 0) AS calls FROM usage_records WHERE meter = 'api_calls'",
  )!.calls
  const { sent, counted_floor } = known
  require(calls <= sent, `${row.name}: ${calls} calls are counted, ${sent} were sent`)
  require(calls >= counted_floor, `${row.name}: ${calls} calls, ${counted_floor} were kept`)
  known.counted_floor = calls
  for (const invited of memory.invited) {
    if (invited.tenant_id === row.id) invitedOnce(read, invited)
  }
}

function usageAddsUp(read: Read, id: string): void {
  const differing = read.all(
    `SELECT meter, hour, sum(lines) AS lines, sum(hours) AS hours FROM (
        SELECT meter, substr(occurred_at, 1, 13) AS hour, quantity AS lines, 0 AS hours
          FROM usage_records
        UNION ALL SELECT meter, hour, 0, quantity FROM usage_hours)
      GROUP BY meter, hour HAVING sum(lines) <> sum(hours)`,
  )
  require(differing.length === 0, `${id}: usage does not add up: ${JSON.stringify(differing)}`)
}

function invitedOnce(read: Read, { id, email, accepted }: Memory['invited'][number]): void {
  const state = read.get<{ state: string }>('SELECT state FROM invitations WHERE id = ?', id)?.state
  require(state !== undefined, `the invitation of ${email} was acknowledged and is gone`)
  const ought = { no: ['pending'], maybe: ['pending', 'accepted'], yes: ['accepted'] }[accepted]
  require(ought.includes(
    state!,
  ), `the invitation of ${email} is ${state}, not ${ought.join(' or ')}`)
  const { people, told } = read.get<{ people: number; told: number }>(
    `SELECT (SELECT count(*) FROM users u JOIN memberships m ON m.user_id = u.id
        WHERE u.email = ?) AS people,
      (SELECT count(*) FROM events WHERE type = 'invitation.accepted' AND subject_id = ?) AS told`,
    email,
    id,
  )!
  const once = state === 'accepted' ? 1 : 0
  require(people === once && told === once, `${email}: ${people} people, told ${told} times`)
}
