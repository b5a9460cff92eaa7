/** Erasure: nothing is left anywhere, others are untouched, and the certificate holds. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { liveIn } from '../../../tests/lived-in.ts'
import { contentHash, until } from '../../../tests/services/replicated-folder.ts'
import { findProgram } from '../../../tests/services/find-program.ts'
import { Shop } from '../../../tests/shop.ts'
import { proveAudit } from '../../audit/prove.ts'
import { systemScope } from '../../db/scope.ts'
import { openOutward } from '../../operations/outward.ts'
import type { Copies } from '../../operations/services.ts'
import { makeBackup } from '../../replication/backup.ts'
import { openCopies } from '../../replication/copies.ts'
import { listGenerations } from '../../replication/generations.ts'
import { openRemote } from '../../replication/remote.ts'
import { Replication } from '../../replication/replication.ts'
import { verifyBackup } from '../../replication/restore-backup.ts'
import { restoreToFile } from '../../replication/restore.ts'
import type { CreatedTenant } from '../../tenants/schema.ts'
import { endClosedBusinesses } from '../schedules.ts'
import { isCertified, readCertificate } from './certify.ts'
import { eraseTenant } from './erase.ts'
import { canary, holdersOf, plantEverywhere, plantOnPlatform } from './testing/canaries.ts'
import type { Erasure } from './schema.ts'

// Other processes take part: on a busy machine they take their time.
setDefaultTimeout(60_000)

const scope = systemScope('test')
const reason = 'Asked for by the business.'
const binary = findProgram('litestream')

/** A business whose every word is a canary, with one of every document. */
async function foundCanaries(shop: Shop, token: string): Promise<CreatedTenant> {
  const { body } = await shop.send<CreatedTenant>(
    'POST /v1/platform/tenants',
    {
      name: `Goods of ${canary}`,
      domain: `${canary.toLowerCase()}-goods`,
      admin_email: `${canary}@example.test`,
      admin_name: `Ida ${canary}`,
      environment: 'sandbox',
      metadata: { note: canary },
    },
    { token },
  )
  return body
}

const erase = (shop: Shop, token: string, { id, slug }: { id: string; slug: string }) =>
  shop.send<Erasure>(
    `POST /v1/platform/tenants/${id}/erase`,
    { confirm_slug: slug, reason },
    { token },
  )

describe('with copies and backups', () => {
  let shop: Shop
  let token: string
  let copies: Copies
  let replication: Replication | undefined
  let tenant: CreatedTenant['tenant']
  let neighbour_hash: string
  let erased: Erasure
  let backup_id: string
  const target = () => ({ kind: 'folder' as const, path: join(shop.folder, 'replica') })
  const shelf = () => ({ kind: 'folder' as const, path: join(shop.folder, 'shelf') })
  const neighbour = () => shop.data.tenants.pathOf(shop.tenant.id)

  beforeAll(async () => {
    shop = await Shop.open({
      services: {
        copies: {
          release: (id) => copies.release(id),
          forget: (id) => copies.forget(id),
          renewPlatform: () => copies.renewPlatform(),
        },
      },
    })
    if (binary) {
      replication = await Replication.start({
        ...{ folder: shop.data, target: target(), binary, mode: { kind: 'supervised' } },
        ...{ log: () => undefined, onAlert: () => undefined, tend_every_ms: 200 },
      })
      await until('it answers', () => replication!.status().daemon.answers)
    } else process.stdout.write('erasure: no Litestream here, continuous copies are not tried\n')
    copies = openCopies({
      data: shop.data,
      places: () => ({ replica: binary ? target() : undefined, backups: shelf() }),
      replication: () => replication,
    })
    token = await shop.operatorToken()
    await plant()
    neighbour_hash = contentHash(neighbour())
  })
  afterAll(async () => {
    await replication?.stop()
    await shop.close()
  })

  async function plant(): Promise<void> {
    const created = await foundCanaries(shop, token)
    tenant = created.tenant
    await liveIn(shop, created.api_token)
    await shop.done('POST /v1/items', { sku: 'MUG', name: 'Mug' })
    const path = `/v1/platform/tenants/${tenant.id}`
    const detail = `Proof of ${canary}`
    const title = `Address of ${canary}`
    await shop.done(
      `POST ${path}/requirements`,
      { code: 'address', title, detail, capabilities: ['webhooks'] },
      { token },
    )
    await shop.done(`POST ${path}/suspend`, { reason: `${canary} owes us` }, { token })
    await shop.done(`POST ${path}/resume`, undefined, { token })
    const wish = { confirm_name: tenant.name, grace_days: 3, reason: `We are ${canary} no more` }
    await shop.done('POST /v1/business/close', wish, { token: created.api_token })
    await shop.done('POST /v1/business/reopen', undefined, { token: created.api_token })
    await shop.data.tenants.at(tenant.id).read(scope, () => undefined)
    const objects = shop.house.door.services.objects(tenant.id)
    await objects.put(Buffer.from(`A document of ${canary}`), {
      ...{ content_type: 'text/plain', name: `${canary}.txt`, collection: 'documents' },
    })
    const backup = { data_folder: shop.folder, clock: shop.clock, target: shelf() }
    backup_id = (await makeBackup({ ...backup, prove: () => undefined })).id
    plantOnPlatform(shop.data.platform.connection, tenant.id)
    plantEverywhere(shop.data.tenants.open(tenant.id).connection)
    await replication?.syncAll()
  }

  test('before, it is found in every place', async () => {
    const found = await holdersOf(shop.folder)
    const places = ['tenants/', 'platform.db', 'objects/', 'shelf/backups/']
    for (const place of [...places, ...(binary ? ['replica/'] : [])]) {
      expect(found.filter((path) => path.includes(place))).not.toBeEmpty()
    }
  })

  test('of two erasures at once one is carried out', async () => {
    const answers = await Promise.all([erase(shop, token, tenant), erase(shop, token, tenant)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    erased = answers.find(({ status }) => status === 200)!.body
    expect(erased).toMatchObject({ state: 'done', tenant_id: tenant.id })
    const { removed } = erased
    expect(removed.objects!.files).toBeGreaterThan(0)
    expect(removed.folder!.files).toBeGreaterThan(0)
    expect(removed.whole_backups!.files).toBe(1)
    expect(removed.platform_copies!.backups).toBe(1)
    if (binary) expect(removed.continuous_copies!.files).toBeGreaterThan(0)
  })

  test('after, no file below the data folder holds a word of it', async () => {
    expect(existsSync(shop.data.tenants.folderOf(tenant.id))).toBeFalse()
    expect(await holdersOf(shop.folder)).toEqual([])
    const again = await erase(shop, token, tenant)
    expect(again).toMatchObject({ status: 409, body: { erasure_id: erased.id } })
  })

  test('the others are as they were, in their files, copies and backups', async () => {
    expect(contentHash(neighbour())).toBe(neighbour_hash)
    const scratch_folder = join(shop.folder, 'scratch')
    const verified = await verifyBackup({
      ...{ target: shelf(), id: backup_id, scratch_folder, prove: () => undefined },
    })
    expect(verified.failed).toEqual([])
    expect(verified.verified).toContain(`tenants/${shop.tenant.id}`)
    if (!binary) return
    await replication!.syncAll()
    const remote = openRemote(target())
    expect(await listGenerations(remote, 'platform')).toHaveLength(1)
    const restored = { binary, target: target(), remote, subject: 'platform' }
    const path = join(scratch_folder, 'platform.db')
    const back = await restoreToFile({ ...restored, kind: 'platform', path, prove: () => {} })
    expect(back.counts.erasures).toBe(1)
    // Unpacked now: what a packed copy may have hidden would be seen.
    expect(await holdersOf(scratch_folder)).toEqual([])
  })

  test('nothing of it is answered any more', async () => {
    const got = await shop.done(`GET /v1/platform/tenants/${tenant.id}`, undefined, { token })
    expect(got).toMatchObject({ status: 'deleted', name: 'Erased business', admin_email: '' })
    const change = await shop.send(
      `PATCH /v1/platform/tenants/${tenant.id}`,
      { name: 'Back' },
      { token, etag: '*' },
    )
    expect(change.status).toBe(409)
    const { body } = await foundAgain()
    expect(body.tenant.slug).toBe(tenant.slug)
  })
  const foundAgain = () =>
    shop.send<CreatedTenant>(
      'POST /v1/platform/tenants',
      { name: 'Another', domain: tenant.slug, admin_email: 'a@other.test' },
      { token },
    )

  test('the audit trail of the platform proves, and the certificate is signed', async () => {
    const proof = shop.data.platform.read(scope, (read) => proveAudit(read, {}))
    expect(proof).toMatchObject({ holds: true, complete: true })
    const text = erased.certificate!
    const signature = Buffer.from(erased.signature!, 'hex')
    const { master_key } = shop.house.door.services
    expect(isCertified(text, signature, master_key)).toBeTrue()
    expect(
      isCertified(text.replace('"format": 1', '"format": 2'), signature, master_key),
    ).toBeFalse()
    const { audit, tenant_id } = readCertificate(text)
    expect(tenant_id).toBe(tenant.id)
    const entry = shop.data.platform.read(scope, (read) =>
      read.get<{ hash: Uint8Array; action: string }>(
        'SELECT hash, action FROM audit_entries WHERE seq = ?',
        audit.seq,
      ),
    )
    expect(entry!.action).toBe('tenants.erased')
    expect(Buffer.from(entry!.hash).toString('hex')).toBe(audit.hash)
    await checkWithOpenssl(text, signature)
  })

  async function checkWithOpenssl(text: string, signature: Uint8Array): Promise<void> {
    const { public_key } = await shop.done<{ public_key: string }>(
      'GET /v1/platform/ledger_key',
      undefined,
      { token },
    )
    const at = (name: string) => join(shop.folder, 'scratch', name)
    writeFileSync(at('key.pem'), public_key)
    writeFileSync(at('certificate.txt'), text)
    writeFileSync(at('signature.bin'), signature)
    const words = ['-verify', '-pubin', '-inkey', at('key.pem'), '-rawin']
    const files = ['-in', at('certificate.txt'), '-sigfile', at('signature.bin')]
    if (!Bun.which('openssl')) return void process.stdout.write('erasure: no openssl here\n')
    const check = () => Bun.spawnSync(['openssl', 'pkeyutl', ...words, ...files])
    expect(check().exitCode).toBe(0)
    writeFileSync(at('certificate.txt'), readFileSync(at('certificate.txt'), 'utf8') + ' ')
    expect(check().exitCode).not.toBe(0)
  }
})

describe('one at a time', () => {
  let shop: Shop
  let token: string
  let fail: string | undefined
  let steps: string[] = []

  beforeAll(async () => {
    const step = <T>(name: string, answer: T): Promise<T> => {
      steps.push(name)
      return fail === name ? Promise.reject(new Error(`${name} broke`)) : Promise.resolve(answer)
    }
    const none = { files: 0, bytes: 0 }
    shop = await Shop.open({
      services: {
        copies: {
          release: () => step('release', undefined),
          forget: () => step('forget', { continuous_copies: none, whole_backups: none }),
          renewPlatform: async () => {
            await step('renew', undefined)
            await shop.data.platform.compact()
            return { generations: 0, backups: 0 }
          },
        },
      },
    })
    token = await shop.operatorToken()
  })
  afterAll(() => shop.close())

  const run = () =>
    endClosedBusinesses.run({
      ...{ run_id: 'run', due_at: '', data: shop.data, log: pino({ level: 'silent' }) },
      services: shop.house.door.services,
      signal: new AbortController().signal,
      eachTenant: () => Promise.resolve(),
    })

  test.each(['release', 'forget', 'renew'])('what breaks at %s is gone on with', async (name) => {
    const { tenant, api_token } = await foundCanaries(shop, token)
    steps = []
    fail = name
    expect((await erase(shop, token, tenant)).status).toBe(500)
    fail = undefined
    const items = await shop.send('GET /v1/items', undefined, { token: api_token })
    expect(items.status).toBe(401)
    const path = `GET /v1/platform/erasures?tenant_id=${tenant.id}`
    const running = await shop.done<{ data: Erasure[] }>(path, undefined, { token })
    expect(running.data).toMatchObject([{ state: 'running', last_error: `${name} broke` }])
    expect(await run()).toMatchObject({ continued: 1, failed: 0 })
    const done = await shop.done<{ data: Erasure[] }>(path, undefined, { token })
    expect(done.data).toMatchObject([{ state: 'done', last_error: '' }])
    expect(done.data[0]!.removed.folder!.files).toBeGreaterThan(0)
    expect(await holdersOf(shop.folder)).toEqual([])
  })

  test('one whose grace is over is erased by the clock, with its sandboxes', async () => {
    const { tenant } = await foundCanaries(shop, token)
    const { tenant: sibling } = await foundCanaries(shop, token).then(async () => {
      const body = { name: 'Sandbox', admin_email: `s${canary}@example.test` }
      return shop.done<CreatedTenant>('POST /v1/platform/tenants', body, { token })
    })
    await shop.data.platform.write(scope, (tx) =>
      tx.run(
        "UPDATE tenants SET kind = 'sandbox', parent_id = ? WHERE id = ?",
        tenant.id,
        sibling.id,
      ),
    )
    await shop.done(`POST /v1/platform/tenants/${tenant.id}/close`, { grace_days: 0 }, { token })
    expect(await run()).toMatchObject({ erased: 1, failed: 0 })
    const path = `GET /v1/platform/erasures?tenant_id=${tenant.id}`
    const [erasure] = (await shop.done<{ data: Erasure[] }>(path, undefined, { token })).data
    expect(erasure!.decided_by).toEqual({ kind: 'system', id: 'lifecycle' })
    expect(readCertificate(erasure!.certificate!).siblings).toEqual([sibling.id])
    steps = []
    shop.clock.advance(7 * 3_600_000)
    expect(await run()).toMatchObject({ failed: 0 })
    expect(steps).toContain('forget')
    steps = []
    expect(await run()).toMatchObject({ swept: 0 })
    expect(steps).toEqual([])
  })

  test('it wants the short name, and a business that is there', async () => {
    const { tenant } = await foundCanaries(shop, token)
    const wrong = await erase(shop, token, { ...tenant, slug: 'another' })
    expect(wrong).toMatchObject({ status: 422, body: { code: 'invalid' } })
    const status = shop.data.platform.read(scope, (read) =>
      read.get<{ status: string }>('SELECT status FROM tenants WHERE id = ?', tenant.id),
    )
    expect(status!.status).not.toBe('deleted')
    const beside = { data: shop.data, services: shop.house.door.services }
    const nobody = { id: 'ten_00000000000000000000000000', confirm_slug: 'x', reason }
    expect(eraseTenant(openOutward(beside, '', scope), nobody)).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
