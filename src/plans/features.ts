/** Features: what a business may use and why, the switches for all, and what is being rolled out. */
import { Problem, notFound } from '../kit/problem.ts'
import { feature_names, features, type Feature, type FeatureAnswer } from '../kit/terms.ts'
import type { Read, Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { accessChanged } from '../operations/access-changed.ts'
import type { Beside } from '../operations/outward.ts'
import { featureSwitched } from './events.ts'
import { getSubscriber } from './find.ts'
import type {
  Flag,
  FlagChange,
  FlagFilter,
  NamedFilter,
  NewFlag,
  PlatformFeature,
} from './schema-features.ts'
import {
  countNamed,
  deleteFlag,
  deleteNamed,
  deleteSwitch,
  findFlag,
  findFlagOf,
  insertFlag,
  insertSwitch,
  listFlagRows,
  listNamedRows,
  putNamed,
  switchedOff,
  updateFlag,
  type FlagRow,
} from './store-features.ts'

/** Each feature for the business that asks, with every step on the way to the answer. */
export const listOwnFeatures = (read: Read, _: object, { services }: Beside) => ({
  data: described(services.features?.(read.scope.tenant_id) ?? []),
})

/** As the business would be told. @throws Problem `not_found` */
export function listTenantFeatures(read: Read, { id }: { id: string }, { services }: Beside) {
  getSubscriber(read, id)
  return { data: described(services.features?.(id) ?? []) }
}

const described = (answers: readonly FeatureAnswer[]) =>
  answers.map((answer) => ({ ...answer, summary: features[answer.feature] }))

/** All features with their switch and their rollout. */
export function listPlatformFeatures(read: Read): { data: PlatformFeature[] } {
  const off = new Map(switchedOff(read).map((row) => [row.feature, row]))
  return {
    data: feature_names.map((feature) => {
      const row = off.get(feature)
      const flag = findFlagOf(read, feature)
      return {
        feature,
        summary: features[feature],
        switched_off: row
          ? { reason: row.reason, since: row.since, switched_by: row.switched_by }
          : null,
        flag: flag ? toFlag(read, flag) : null,
      }
    }),
  }
}

/** For every business at once, whatever its plan says, from the next request on. */
export function switchOff(
  tx: Write,
  { feature, reason }: { feature: Feature; reason: string },
): PlatformFeature {
  insertSwitch(tx, feature, reason)
  return tell(tx, feature, true, reason)
}

/** @throws Problem `conflict` when it is on */
export function switchOn(tx: Write, { feature }: { feature: Feature }): PlatformFeature {
  if (deleteSwitch(tx, feature) === 0) throw new Problem('conflict', `${feature} is not off.`)
  return tell(tx, feature, false, '')
}

function tell(tx: Write, feature: Feature, is_off: boolean, reason: string): PlatformFeature {
  emit(tx, featureSwitched, feature, { feature, is_off, reason })
  tx.afterCommit(accessChanged)
  return listPlatformFeatures(tx).data.find((each) => each.feature === feature)!
}

export function listFlags(read: Read, filter: FlagFilter) {
  const { rows, ...rest } = listFlagRows(read, filter)
  return { data: rows.map((row) => toFlag(read, row)), ...rest }
}

/** @throws Problem `not_found` */
export function getFlag(read: Read, { id }: { id: string }): Flag {
  const row = findFlag(read, id)
  if (!row) throw notFound('flag', id)
  return toFlag(read, row)
}

/** From now on only a share of the businesses has the feature. @throws Problem `duplicate_flag` */
export function createFlag(tx: Write, wish: NewFlag): Flag {
  const taken = findFlagOf(tx, wish.feature)
  if (taken) {
    const detail = `${wish.feature} is being rolled out already.`
    throw new Problem('duplicate_flag', detail, { flag_id: taken.id })
  }
  const id = tx.id('flg')
  insertFlag(tx, { ...wish, id, reason: wish.reason ?? '' })
  tx.afterCommit(accessChanged)
  return getFlag(tx, { id })
}

/** @throws Problem `not_found` */
export function changeFlag(tx: Write, { id, ...change }: FlagChange & { id: string }): Flag {
  updateFlag(tx, id, { ...getFlag(tx, { id }), ...change })
  tx.afterCommit(accessChanged)
  return getFlag(tx, { id })
}

/** The rollout is over: everybody has what the plan says. @throws Problem `not_found` */
export function removeFlag(tx: Write, { id }: { id: string }): Flag {
  const flag = getFlag(tx, { id })
  deleteFlag(tx, id)
  tx.afterCommit(accessChanged)
  return flag
}

/** @throws Problem `not_found` */
export function listNamed(read: Read, { id, ...request }: NamedFilter & { id: string }) {
  getFlag(read, { id })
  const { rows, ...rest } = listNamedRows(read, id, request)
  const data = rows.map(({ tenant_id, tenant_name, is_on, set_at, set_by }) => ({
    tenant_id,
    tenant_name,
    is_on: is_on === 1,
    set_at,
    set_by,
  }))
  return { data, ...rest }
}

interface Naming {
  id: string
  tenant_id: string
}

/** A business has it, or is kept out, whatever its share. @throws Problem `not_found` */
export function nameTenant(tx: Write, { id, tenant_id, is_on }: Naming & { is_on: boolean }): Flag {
  getFlag(tx, { id })
  getSubscriber(tx, tenant_id)
  putNamed(tx, id, tenant_id, is_on)
  tx.afterCommit(accessChanged)
  return getFlag(tx, { id })
}

/** The share decides again. @throws Problem `not_found` */
export function unnameTenant(tx: Write, { id, tenant_id }: Naming): Flag {
  getFlag(tx, { id })
  if (deleteNamed(tx, id, tenant_id) === 0) throw notFound('named business', tenant_id)
  tx.afterCommit(accessChanged)
  return getFlag(tx, { id })
}

const toFlag = (read: Read, row: FlagRow): Flag => ({
  ...row,
  feature: row.feature as Feature,
  ...countNamed(read, row.id),
})
