/** How commands are sent: as they should be, again, twice at once, and as nobody should. */
import { FrontDoor, operationOf } from './front-door.ts'
import type { Invariants } from './invariants.ts'
import { require } from './model.ts'
import { choose, type Generator } from './choices.ts'
import type { Command, World } from './world.ts'

export interface Campaign {
  world: World
  door: FrontDoor
  invariants: Invariants
}

export type Way = (campaign: Campaign, command: Command) => Promise<void>

const plainly: Way = async ({ door }, command) => {
  await door.carryOut(command)
}

/** The same bytes come back, and nothing is done a second time. */
const again: Way = async ({ door, world, invariants }, command) => {
  await door.carryOut(command)
  const earlier = door.agreed.length > 0 ? world.random.pick(door.agreed) : undefined
  if (!earlier) return
  const before = invariants.traces()
  const answer = await door.send(earlier.command, { key: earlier.key })
  const where = `${earlier.command.operation} under ${earlier.key}`
  const same = answer.text === earlier.text && answer.status === earlier.status
  require(same, `${where}: first ${earlier.text}, then ${answer.status} ${answer.text}`)
  require(answer.headers.get('idempotent-replayed') === 'true', `${where}: no replay`)
  requireNoTrace(invariants, before, where)
}

/** What would happen is said, and nothing has happened. */
const dryly: Way = async ({ door, world, invariants }, command) => {
  const { effect } = operationOf(command.operation)
  if (effect === 'read') return void (await door.carryOut(command))
  const before = invariants.traces()
  const rows = world.random.chance(0.1) ? invariants.rows() : undefined
  const tried = await door.send(command, { dry_run: true })
  const where = `dry run of ${door.last}`
  requireNoTrace(invariants, before, where)
  if (rows !== undefined) require(invariants.rows() === rows, `${where} left rows`)
  if (effect === 'call') return require(tried.status >= 400, `${where} was ${tried.status}`)
  const done = await door.carryOut(command)
  require(tried.status === done.status, `${where}: ${tried.text}, then ${done.text}`)
}

const withOldVersion: Way = async ({ door, invariants }, command) => {
  const { match } = operationOf(command.operation)
  if (!match) return void (await door.carryOut(command))
  const before = invariants.traces()
  const old = await door.send({ ...command, etag: '"999999"' })
  require(old.body.code === 'version_mismatch', `${door.last} with an old version: ${old.text}`)
  if (match === 'required') {
    const { etag: _, ...without } = command
    const none = await door.send(without)
    require(none.body.code === 'version_required', `${door.last} without a version: ${none.text}`)
  }
  requireNoTrace(invariants, before, door.last)
}

/** The neighbour's token finds nothing of ours. */
const asNeighbour: Way = async ({ door, world, invariants }, command) => {
  const { params, effect } = operationOf(command.operation)
  const text = JSON.stringify(command.body ?? {})
  const named = /"[a-z]+_[0-9a-z]{26}"/.test(text) && !text.includes(world.neighbour.id)
  const has_id = Object.keys(params.properties).length > 0
  if (command.token || (!has_id && !named)) return void (await door.carryOut(command))
  const before = invariants.traces()
  const answer = await door.send({ ...command, etag: '*' }, { token: world.neighbour.token })
  if (has_id) require(answer.status === 404, `${door.last} by the neighbour: ${answer.text}`)
  if (effect === 'read') return
  require(answer.status >= 400, `${door.last} by the neighbour: ${answer.text}`)
  requireNoTrace(invariants, before, door.last)
}

/** Ours, with a thing of the neighbour's in the middle. */
const withForeignId: Way = async ({ door, world, invariants }, command) => {
  const { item_id, location_id } = world.neighbour
  const text = JSON.stringify(command.body ?? {})
  const swapped = text
    .replace(/"(item_id)":"itm_\w+"/, `"$1":"${item_id}"`)
    .replace(/"(location_id|from_location_id)":"loc_\w+"/, `"$1":"${location_id}"`)
  if (command.token || swapped === text) return void (await door.carryOut(command))
  const before = invariants.traces()
  const answer = await door.send({ ...command, body: JSON.parse(swapped) as object })
  require(answer.status >= 400, `${door.last} with a foreign id: ${answer.text}`)
  requireNoTrace(invariants, before, door.last)
}

const withTooManyDecimals: Way = async ({ door, world, invariants }, command) => {
  const text = JSON.stringify(command.body ?? {})
  const wrong = world.random.pick(['"1.1234567"', '"0.0000"', '"1e3"', '1.5', '"-0"', '""'])
  const quantities = [...text.matchAll(/"quantity":("[^"]*"|\d+)/g)]
  if (quantities.length === 0) return void (await door.carryOut(command))
  const { index, 0: found } = world.random.pick(quantities)
  const body = `${text.slice(0, index)}"quantity":${wrong}${text.slice(index + found.length)}`
  const counts_nothing = command.operation.startsWith('counts.') || body.includes('"short"')
  if (counts_nothing && /0/.test(wrong) && !/[1e]/.test(wrong)) return
  const before = invariants.traces()
  const answer = await door.send({ ...command, body: JSON.parse(body) as object })
  require(answer.status >= 400, `${door.last}: ${answer.text}`)
  requireNoTrace(invariants, before, door.last)
}

const withUnknownField: Way = async ({ door, invariants }, command) => {
  if (!operationOf(command.operation).body) return void (await door.carryOut(command))
  const before = invariants.traces()
  const answer = await door.send({ ...command, body: { ...command.body, colour: 'red' } })
  require(answer.body.code === 'invalid', `${door.last}: ${answer.text}`)
  requireNoTrace(invariants, before, door.last)
}

const withUsedKey: Way = async ({ door, world, invariants }, command) => {
  const earlier = door.agreed.length > 0 ? world.random.pick(door.agreed) : undefined
  if (!earlier || operationOf(command.operation).effect === 'read') return
  if (earlier.command.token !== command.token) return
  const before = invariants.traces()
  const answer = await door.send(command, { key: earlier.key })
  const refused = answer.body.code === 'idempotency_key_reused'
  const same = answer.headers.get('idempotent-replayed') === 'true' && answer.text === earlier.text
  require(refused || same, `${door.last} under a used key: ${answer.text}`)
  requireNoTrace(invariants, before, door.last)
}

/** An empty key is none. */
const withoutKey: Way = async ({ door, invariants }, command) => {
  if (!operationOf(command.operation).idempotency_required) return
  const before = invariants.traces()
  const answer = await door.send(command, { key: '' })
  require(answer.body.code === 'idempotency_key_required', `${door.last}: ${answer.text}`)
  requireNoTrace(invariants, before, door.last)
}

/** Two of everything that happens once: whoever loses is told why. */
const twiceAtOnce: Way = async ({ door }, command) => {
  await Promise.all([door.carryOut(command), door.carryOut(command)])
}

/** The phone lost its connection and sends it again, while the first is still on its way. */
const twiceUnderOneKey: Way = async ({ door }, command) => {
  if (operationOf(command.operation).effect === 'read') return void (await door.carryOut(command))
  const key = door.newKey()
  const [first, second] = await Promise.all([
    door.carryOut(command, key),
    door.carryOut(command, key),
  ])
  if (first.status >= 300 || second.status >= 300) return
  require(first.text === second.text, `${door.last}: ${first.text} and ${second.text}`)
}

/** While a label is being bought, others ask what has become of it, and buy it as well. */
const whileUnderWay: Way = async (campaign, command) => {
  const { door, world } = campaign
  if (!/^shipments\.(purchase|void|settle)$/.test(command.operation)) {
    return plainly(campaign, command)
  }
  const { body: _, ...asked } = command
  const first = door.carryOut(command)
  await Bun.sleep(world.random.below(4))
  await door.carryOut({ ...asked, operation: 'shipments.settle' })
  await Promise.all([first, door.carryOut(command)])
}

const besideAnother =
  (next: Generator = (world) => choose(world.random)(world)): Way =>
  async ({ door, world }, command) => {
    const other = await next(world)
    await Promise.all([door.carryOut(command), ...(other ? [door.carryOut(other)] : [])])
  }

function requireNoTrace(invariants: Invariants, before: object, where: string): void {
  const after = JSON.stringify(invariants.traces())
  require(JSON.stringify(before) === after, `${where} left a trace: ${after}`)
}

const weighted: readonly [weight: number, way: Way][] = [
  [64, plainly],
  [5, again],
  [4, dryly],
  [3, withOldVersion],
  [3, asNeighbour],
  [3, withForeignId],
  [3, withTooManyDecimals],
  [1, withUnknownField],
  [1, withUsedKey],
  [1, withoutKey],
  [5, twiceAtOnce],
  [2, twiceUnderOneKey],
  [5, besideAnother()],
  [12, whileUnderWay],
]

const sum = weighted.reduce((total, [weight]) => total + weight, 0)

export function chooseWay({ random }: World): Way {
  let left = random.next() * sum
  for (const [weight, way] of weighted) {
    left -= weight
    if (left < 0) return way
  }
  return plainly
}
