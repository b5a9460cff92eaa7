/** The one path by which quantities change: checks a posting rung by rung, then writes it. */
import type { Write } from '../db/session.ts'
import { invalid, Problem } from '../kit/problem.ts'
import { genesis_hash, hashPosting } from './chain.ts'
import { applyMovements } from './demand.ts'
import { readOccurredAt } from './occurred-at.ts'
import { referenceColumns } from './reference.ts'
import {
  levelKey,
  movement_limit,
  type Level,
  type LevelName,
  type Movement,
  type Posted,
  type PostingHead,
  type Reference,
  type VirtualKind,
} from './schema.ts'
import { findLevel, findPostingContext, insertMovement, insertPosting } from './store.ts'
import { TouchedLevels, type Touched } from './touched.ts'

export interface MovementInput {
  item_id: string
  lot_id?: string | undefined
  serial_id?: string | undefined
  /** The account that gives. */
  source: string
  /** The account that takes. */
  target: string
  /** A positive integer: the item's base unit at its scale. */
  quantity: number
  /** The reservation this movement confirms; needed to take what is spoken for. */
  reservation_id?: string | undefined
}

/** Compare and set: what the caller believes a level to be. */
export interface ExpectedLevel extends LevelName {
  on_hand: number
}

export interface PostInput {
  /** A code of the list of reasons. */
  reason: string
  /** RFC 3339; now, when left out. */
  occurred_at?: string | undefined
  reference?: Reference | undefined
  note?: string | undefined
  expect?: readonly ExpectedLevel[] | undefined
  movements: readonly MovementInput[]
}

/** @param reverses the posting this one takes back: then any counterpart may be touched */
export function record(tx: Write, input: PostInput, reverses: string | null): Posted {
  const movements = readMovements(input.movements)
  const context = findPostingContext(tx, input.reason)
  if (!context || context.archived_at !== null) throw unknownReason(input.reason)
  const occurred_at = readOccurredAt(tx, input.occurred_at, context)
  const levels = new TouchedLevels(tx, movements)
  if (reverses === null) checkCounterparts(input.reason, context.counterpart_kind, levels)
  if (input.expect) checkExpected(tx, input.expect)
  applyMovements(tx, movements, levels)

  const { actor } = tx.scope
  const { reference_type, reference_id } = referenceColumns(input.reference)
  const head: PostingHead = {
    seq: (context.head_seq ?? 0) + 1,
    id: tx.id('pst'),
    reason: input.reason,
    occurred_at,
    recorded_at: tx.now,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    reference_type,
    reference_id,
    request_id: tx.scope.request_id,
    note: input.note ?? '',
    reverses,
  }
  const previous = context.head_hash ?? genesis_hash
  const hash = hashPosting(previous, tx.scope.organization_id, head, movements)
  insertPosting(tx, head, movements.length, previous, hash)
  for (const movement of movements) insertMovement(tx, head.seq, movement)
  return {
    posting: { ...head, movements, hash: hash.toString('hex') },
    levels: levels.all.map(currentLevel),
    own_levels: levels.all.filter(({ account }) => account.physical === 1).map(currentLevel),
  }
}

function readMovements(input: readonly MovementInput[]): Movement[] {
  if (input.length < 1 || input.length > movement_limit) {
    throw invalid('/movements', `A posting has 1 to ${movement_limit} movements.`)
  }
  return input.map((movement, index) => {
    const { quantity, source, target } = movement
    const pointer = (name: string) => `/movements/${index}/${name}`
    if (!Number.isSafeInteger(quantity) || quantity <= 0) {
      const detail = `The quantity must be a positive whole number of base units, not ${quantity}.`
      throw new Problem('invalid_quantity', detail, {
        errors: [{ pointer: pointer('quantity'), detail }],
      })
    }
    if (!movement.item_id) throw invalid(pointer('item_id'), 'Name the item.')
    if (source === target) {
      throw invalid(pointer('target'), 'Goods move from one account to another.')
    }
    if (movement.serial_id && quantity !== 1) {
      throw invalid(pointer('quantity'), 'A serial is one unit.')
    }
    return {
      line: index + 1,
      item_id: movement.item_id,
      lot_id: movement.lot_id ?? '',
      serial_id: movement.serial_id ?? '',
      source,
      target,
      quantity,
      reservation_id: movement.reservation_id ?? '',
    }
  })
}

const unknownReason = (reason: string): Problem => {
  const detail = `There is no reason "${reason}".`
  return new Problem('unknown_reason', detail, { errors: [{ pointer: '/reason', detail }] })
}

function checkCounterparts(
  reason: string,
  counterpart_kind: VirtualKind | null,
  levels: TouchedLevels,
): void {
  for (const level of levels.all) {
    const { kind, physical } = level.account
    if (physical === 1 || kind === counterpart_kind) continue
    const detail = counterpart_kind
      ? `"${reason}" moves goods from or to an account of kind ${counterpart_kind}, not ${kind}.`
      : `"${reason}" moves goods between places of our own, not from or to ${kind}.`
    throw new Problem('reason_mismatch', detail, {
      counterpart_kind,
      errors: [{ pointer: level.pointer, detail }],
    })
  }
}

function checkExpected(tx: Write, expected: readonly ExpectedLevel[]): void {
  expected.forEach((level, index) => {
    const current = findLevel(tx, levelKey(level))
    const on_hand = current?.on_hand ?? 0
    if (on_hand === level.on_hand) return
    const detail = `Expected ${level.on_hand}, but there are ${on_hand}.`
    throw new Problem('stale_quantity', detail, {
      ...levelKey(level),
      expected: level.on_hand,
      current: on_hand,
      version: current?.version ?? 0,
      errors: [{ pointer: `/expect/${index}`, detail }],
    })
  })
}

const currentLevel = ({ key, on_hand, reserved, version }: Touched): Level => ({
  ...key,
  on_hand,
  reserved,
  version,
})
