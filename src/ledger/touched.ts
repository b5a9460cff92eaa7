/** The levels that a posting touches, as they were found and as the posting leaves them. */
import type { Read } from '../db/session.ts'
import { Problem } from '../kit/problem.ts'
import type { LevelKey, Movement } from './schema.ts'
import { findSide, type AccountState } from './store.ts'

export interface Touched {
  readonly key: LevelKey
  readonly account: AccountState
  /** As they were found. */
  readonly found_on_hand: number
  found_reserved: number
  /** Where the caller named it first. */
  readonly pointer: string
  on_hand: number
  reserved: number
  version: number
  /** All that the posting takes from here. */
  demand: number
  /** The lowest on_hand on the way, and the lowest on_hand − reserved. */
  lowest: number
  lowest_free: number
}

export class TouchedLevels {
  readonly all: Touched[] = []
  readonly #by_key = new Map<string, Touched>()

  /** @throws Problem `not_found`, `account_closed` */
  constructor(read: Read, movements: readonly Movement[]) {
    for (const movement of movements) {
      this.#load(read, movement, 'source')
      this.#load(read, movement, 'target')
    }
  }

  get(movement: Movement, side: 'source' | 'target'): Touched {
    return this.#by_key.get(keyText(movement, movement[side]))!
  }

  #load(read: Read, movement: Movement, side: 'source' | 'target'): void {
    const account_id = movement[side]
    const text = keyText(movement, account_id)
    if (this.#by_key.has(text)) return
    const pointer = `/movements/${movement.line - 1}/${side}`
    const { item_id, lot_id, serial_id } = movement
    const key = { item_id, lot_id, serial_id, account_id }
    const account = findSide(read, key)
    requireOpen(account, account_id, pointer)
    const { on_hand, reserved, version } = account
    const touched: Touched = {
      key,
      account,
      pointer,
      found_on_hand: on_hand,
      found_reserved: reserved,
      on_hand,
      reserved,
      version,
      demand: 0,
      lowest: on_hand,
      lowest_free: on_hand - reserved,
    }
    this.all.push(touched)
    this.#by_key.set(text, touched)
  }
}

function requireOpen(
  account: AccountState | undefined,
  account_id: string,
  pointer: string,
): asserts account {
  if (!account) {
    const detail = `There is no account ${account_id}.`
    throw new Problem('not_found', detail, { errors: [{ pointer, detail }] })
  }
  if (account.closed_at !== null) {
    const detail = `The account ${account_id} was closed at ${account.closed_at}.`
    throw new Problem('account_closed', detail, { errors: [{ pointer, detail }] })
  }
}

const keyText = (movement: Movement, account_id: string): string =>
  `${account_id}\n${movement.item_id}\n${movement.lot_id}\n${movement.serial_id}`
