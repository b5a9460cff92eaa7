/** Makes a sandbox, which begins empty, or a branch, which begins as a copy, beside a live business. */
import { rm } from 'node:fs/promises'
import { invalid, Problem } from '../kit/problem.ts'
import { timestamp } from '../kit/clock.ts'
import { randomSecret } from '../kit/secrets.ts'
import type { Scope } from '../db/scope.ts'
import type { Write } from '../db/session.ts'
import { left_out_columns } from '../archives/left-out.ts'
import { archive_kind } from '../archives/manifest.ts'
import { rewriteFile, archiveObjectKeys } from '../archives/store-file.ts'
import type { Beside } from '../operations/outward.ts'
import { requireRoom } from '../plans/require-room.ts'
import {
  findEarlier,
  foundTenant,
  rememberAttempt,
  removeUnfinished,
  reserveTenant,
  type Founding,
} from '../tenants/found.ts'
import { openSibling } from '../tenants/open-sibling.ts'
import { getTenant } from '../tenants/read.ts'
import { Anonymiser } from './anonymise.ts'
import { detach, firstToken, passingKey, type Detached } from './detach.ts'
import { left_behind, left_behind_anonymised } from './left-behind.ts'
import { siblingOf } from './read.ts'
import type { MadeSibling, NewBranch, NewSandbox } from './schema.ts'
import { countFamily, insertSibling, setCopied } from './store.ts'
import { chainAnew } from './store-copy.ts'

/** Who asks, and for which live business. */
export interface Asker extends Beside {
  /** With the terms of the business. */
  scope: Scope
  parent_id: string
  /** A retry of the same does not make a second one. */
  attempt_id?: string | undefined
}

/** @throws Problem `limit_reached`, `conflict` unless it is asked of a live business at work, `invalid` */
export async function makeSandbox(asker: Asker, wish: NewSandbox): Promise<MadeSibling> {
  const { data, parent_id, attempt_id } = asker
  const earlier = findEarlier(data, platformScope(asker), attempt_id)
  if (earlier) return answerAgain(asker, earlier)
  const founding = foundingOf(asker, 'sandbox', wish.name)
  const { id, token } = await foundTenant(data, platformScope(asker), founding, (tx, tenant_id) => {
    requireFit(tx, parent_id, wish.expires_at)
    insertSibling(tx, { tenant_id, anonymised: null, expires_at: wish.expires_at ?? null })
    rememberAttempt(tx, attempt_id, tenant_id)
  })
  return answer(asker, id, token)
}

/**
 * Three acts, as the founding of a business: the name is taken, the copy is made aside and renamed
 * into place, the doors open. What a crash leaves between them, the next start takes away. The live
 * business goes on meanwhile; the copy is of one moment.
 * @throws Problem as `makeSandbox`
 */
export async function makeBranch(asker: Asker, wish: NewBranch): Promise<MadeSibling> {
  const { data, parent_id, attempt_id } = asker
  const { anonymise = false, expires_at } = wish
  const scope = platformScope(asker)
  const earlier = findEarlier(data, scope, attempt_id)
  if (earlier) return answerAgain(asker, earlier)
  const founding = foundingOf(asker, 'branch', wish.name)
  const id = await data.platform.write(scope, (tx) => {
    requireFit(tx, parent_id, expires_at)
    const tenant_id = reserveTenant(tx, founding)
    const anonymised = anonymise ? 1 : 0
    insertSibling(tx, { tenant_id, anonymised, expires_at: expires_at ?? null })
    rememberAttempt(tx, attempt_id, tenant_id)
    return tenant_id
  })
  try {
    const copied_at = timestamp(data.clock.now())
    const { token, ...head } = await copy(asker, id, anonymise)
    await data.platform.write(scope, (tx) => {
      setCopied(tx, id, { copied_at, ...head })
      openSibling(tx, id)
    })
    return answer(asker, id, token)
  } catch (error) {
    await removeUnfinished(data, scope, id, asker.services.objects(id))
    throw error
  }
}

async function copy(asker: Asker, id: string, anonymise: boolean): Promise<Detached> {
  const { data, services, scope, parent_id } = asker
  const tables = anonymise ? left_behind_anonymised : left_behind
  let detached: Detached | undefined
  let archives: string[] = []
  await data.tenants.create(
    id,
    async (file) => {
      archives = archiveObjectKeys(file.connection, archive_kind)
      detached = await detach(file, asker, { ...scope, tenant_id: id }, tables)
    },
    (path) => copyFile(asker, path, anonymise, tables),
  )
  // A label is a picture of a name and an address: it has no place in an anonymised branch.
  if (!anonymise) {
    await services.objects(id).adopt(services.objects(parent_id), new Set(archives))
  }
  return detached!
}

/** An anonymised copy is written anew, so that no gap in it holds what was replaced. */
async function copyFile(
  { data, parent_id }: Asker,
  path: string,
  anonymise: boolean,
  tables: readonly string[],
): Promise<void> {
  const file = data.tenants.open(parent_id)
  if (!anonymise) return file.copyTo(path)
  const whole = `${path}.whole`
  await file.copyTo(whole)
  const { change } = new Anonymiser(passingKey(randomSecret()))
  const without = Object.fromEntries(tables.map((name) => [name, '']))
  await rewriteFile(whole, path, { without, instead: left_out_columns, change, finish: chainAnew })
  for (const suffix of ['', '-wal', '-shm']) await rm(`${whole}${suffix}`, { force: true })
}

function foundingOf(
  { data, parent_id, scope }: Asker,
  kind: 'sandbox' | 'branch',
  name: string | undefined,
): Founding {
  const parent = data.platform.read(scope, (read) => getTenant(read, { id: parent_id }))
  return {
    name: name ?? `${parent.name} (${kind})`,
    admin_email: parent.admin_email,
    environment: 'sandbox',
    time_zone: parent.time_zone,
    sibling: { kind, parent_id },
  }
}

/** Refuses in the transaction that takes the name. */
function requireFit(tx: Write, parent_id: string, expires_at: string | undefined): void {
  const parent = getTenant(tx, { id: parent_id })
  if (parent.kind !== 'primary') {
    throw new Problem('conflict', 'Sandboxes and branches are made from the live business.')
  }
  if (!['onboarding', 'active', 'restricted'].includes(parent.status)) {
    throw new Problem('conflict', `This business is ${parent.status}.`)
  }
  if (expires_at !== undefined && Date.parse(expires_at) <= tx.now_ms) {
    throw invalid('/expires_at', 'This time is over already.')
  }
  requireRoom(tx, 'tenants', countFamily(tx, parent_id))
}

/** The rows of the platform belong to no organization. */
const platformScope = ({ scope }: Asker): Scope => ({ ...scope, organization_id: '' })

/** Nobody saw the first token: another one is made. */
async function answerAgain(asker: Asker, id: string): Promise<MadeSibling> {
  const { data, scope, parent_id } = asker
  data.platform.read(scope, (read) => siblingOf(read, parent_id, id))
  const inside = { ...scope, tenant_id: id, organization_id: '' }
  return answer(asker, id, await data.tenants.at(id).write(inside, firstToken))
}

const answer = ({ data, scope, parent_id }: Asker, id: string, token: string): MadeSibling => ({
  ...data.platform.read(scope, (read) => siblingOf(read, parent_id, id)),
  api_token: token,
})
