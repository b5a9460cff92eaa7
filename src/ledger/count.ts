/** Books what somebody counted: the level becomes what was seen, as of when it was seen. */
import type { Write } from '../db/session.ts'
import { invalid, Problem } from '../kit/problem.ts'
import { counterpart } from './accounts/open.ts'
import { findReason } from './accounts/store.ts'
import { readTime } from './occurred-at.ts'
import { levelChangeSince } from './periods/store.ts'
import { post, type MovementInput } from './post.ts'
import { levelKey, type LevelKey, type LevelName, type Posted, type Reference } from './schema.ts'
import { findLevel } from './store.ts'

export interface CountInput extends LevelName {
  /** What was seen: 0 or more. */
  counted: number
  /** When it was seen, RFC 3339; now, when left out. Later movements still apply. */
  at?: string | undefined
  /** `count_loss` or `count_gain`, when left out. */
  reason?: string | undefined
  reference?: Reference | undefined
  note?: string | undefined
}

export interface Counted {
  /** What the ledger held at that time. */
  expected: number
  /** Counted − expected: what was posted. */
  difference: number
  /** Undefined when the count agreed: then nothing is posted. */
  posted: Posted | undefined
}

/**
 * Posts the difference between what was counted and what the ledger held at that time, dated then.
 * @throws Problem `invalid`, `unknown_reason`, and those of `post`: a loss that reaches into
 *   reserved goods is `stock_reserved`, and one that later movements contradict `insufficient_stock`
 */
export function count(tx: Write, input: CountInput): Counted {
  if (!Number.isSafeInteger(input.counted) || input.counted < 0) {
    throw invalid('/counted', 'A count is a whole number of base units, 0 or more.')
  }
  const key = levelKey(input)
  const at = input.at === undefined ? tx.now : readTime(input.at, '/at')
  const on_hand = findLevel(tx, key)?.on_hand ?? 0
  const expected = on_hand - (at < tx.now ? levelChangeSince(tx, key, at) : 0)
  const difference = input.counted - expected
  if (difference === 0) return { expected, difference, posted: undefined }
  const posted = post(tx, {
    reason: input.reason ?? (difference < 0 ? 'count_loss' : 'count_gain'),
    occurred_at: at,
    reference: input.reference,
    note: input.note,
    movements: [adjusting(tx, key, difference, input.reason)],
  })
  return { expected, difference, posted }
}

export interface SetInput extends LevelName {
  on_hand: number
  /** What the caller believes is there now; anything else is refused. */
  expect: number
  /** `correction`, when left out. */
  reason?: string | undefined
  reference?: Reference | undefined
  note?: string | undefined
}

/**
 * Sets a level, provided that it is what the caller believes.
 * @returns undefined when it is that already
 * @throws Problem `stale_quantity` with `current`, and those of `post`
 */
export function setLevel(tx: Write, input: SetInput): Posted | undefined {
  const key = levelKey(input)
  if (!Number.isSafeInteger(input.on_hand)) {
    throw invalid('/on_hand', 'A level is a whole number of base units.')
  }
  const current = findLevel(tx, key)
  const on_hand = current?.on_hand ?? 0
  if (on_hand !== input.expect) {
    const detail = `Expected ${input.expect}, but there are ${on_hand}.`
    const version = current?.version ?? 0
    throw new Problem('stale_quantity', detail, {
      ...key,
      expected: input.expect,
      current: on_hand,
      version,
      errors: [{ pointer: '/expect', detail }],
    })
  }
  const difference = input.on_hand - on_hand
  if (difference === 0) return undefined
  return post(tx, {
    reason: input.reason ?? 'correction',
    reference: input.reference,
    note: input.note,
    movements: [adjusting(tx, key, difference, input.reason)],
  })
}

/** The movement that changes one level by `difference`, against the reason's counterpart. */
function adjusting(
  tx: Write,
  key: LevelKey,
  difference: number,
  reason: string | undefined,
): MovementInput {
  const kind = reason === undefined ? undefined : findReason(tx, reason)?.counterpart_kind
  if (kind === null) {
    const detail = `"${reason}" has no counterpart: choose one that adds or removes goods.`
    throw new Problem('reason_mismatch', detail, { errors: [{ pointer: '/reason', detail }] })
  }
  const other = counterpart(tx, kind ?? 'adjustment').id
  const { item_id, lot_id, serial_id, account_id } = key
  const [source, target] = difference > 0 ? [other, account_id] : [account_id, other]
  return { item_id, lot_id, serial_id, source, target, quantity: Math.abs(difference) }
}
