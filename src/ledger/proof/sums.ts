/** Quantities summed per level while movements pass by. */
import type { LevelKey, Movement } from '../schema.ts'

export class Sums {
  readonly #quantities = new Map<string, number>()

  add(key: LevelKey, quantity: number): void {
    const text = keyText(key)
    this.#quantities.set(text, (this.#quantities.get(text) ?? 0) + quantity)
  }

  move(movement: Movement): void {
    const { item_id, lot_id, serial_id, source, target, quantity } = movement
    this.add({ item_id, lot_id, serial_id, account_id: source }, -quantity)
    this.add({ item_id, lot_id, serial_id, account_id: target }, quantity)
  }

  /** The sum of a level, which is then crossed off. */
  take(key: LevelKey): number {
    const text = keyText(key)
    const quantity = this.#quantities.get(text) ?? 0
    this.#quantities.delete(text)
    return quantity
  }

  /** What nobody took. */
  *left(): Generator<[LevelKey, number]> {
    for (const [text, quantity] of this.#quantities) {
      const [item_id, lot_id, serial_id, account_id] = text.split('\n') as [
        string,
        string,
        string,
        string,
      ]
      yield [{ item_id, lot_id, serial_id, account_id }, quantity]
    }
  }
}

const keyText = (key: LevelKey): string =>
  `${key.item_id}\n${key.lot_id}\n${key.serial_id}\n${key.account_id}`

/** Which level, for a report. */
export const levelFacts = ({ item_id, lot_id, serial_id, account_id }: LevelKey) => ({
  item_id,
  lot_id,
  serial_id,
  account_id,
})
