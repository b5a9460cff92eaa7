/** What people do, and how often. */
import * as door from './door-commands.ts'
import * as nouns from './noun-commands.ts'
import * as orders from './order-commands.ts'
import * as stock from './stock-commands.ts'
import type { Random } from '../../random.ts'
import type { Command, World } from './world.ts'

export type Generator = (world: World) => Command | undefined | Promise<Command | undefined>

/** An order is worked on more often than another one is made. */
const weighted: readonly [weight: number, generator: Generator][] = [
  [60, stock.adjust],
  [40, stock.move],
  [8, stock.reverse],
  [8, stock.sendTransfer],
  [12, stock.receiveTransfer],
  [3, stock.cancelTransfer],
  [6, stock.requestCount],
  [10, stock.recordCount],
  [8, stock.postCount],
  [2, stock.cancelCount],
  [20, stock.reserve],
  [12, stock.confirm],
  [6, stock.extend],
  [10, stock.release],
  [6, stock.changeLocation],
  [0.3, stock.closePeriod],
  [12, orders.createPurchase],
  [4, orders.changePurchase],
  [12, orders.purchaseVerb('send')],
  [30, orders.receivePurchase],
  [4, orders.reverseReceipt],
  [2, orders.purchaseVerb('close')],
  [2, orders.purchaseVerb('cancel')],
  [22, orders.createOrder],
  [5, orders.changeOrder],
  [26, orders.orderVerb('place')],
  [10, orders.orderVerb('allocate')],
  [30, orders.pickAll],
  [12, orders.pickSome],
  [8, orders.scanPick],
  [4, orders.putBack],
  [34, orders.pack],
  [8, orders.unpack],
  [16, orders.parcelVerb('ship')],
  [4, orders.parcelVerb('void_dispatch')],
  [5, orders.parcelVerb('deliver')],
  [3, orders.orderVerb('hold')],
  [8, orders.orderVerb('release')],
  [4, orders.orderVerb('cancel')],
  [3, orders.orderVerb('close')],
  [20, door.draft],
  [3, door.changeShipment],
  [3, door.shipmentVerb('rate')],
  [16, door.purchase],
  [9, door.shipmentVerb('settle')],
  [5, door.shipmentVerb('void')],
  [2, door.shipmentVerb('discard')],
  [2, door.label],
  [6, door.refresh],
  [14, door.authorize],
  [12, door.receiveReturn],
  [14, door.inspect],
  [4, door.returnVerb('close')],
  [1, door.returnVerb('cancel')],
  [1, door.labelReturn],
  [3, nouns.createItem],
  [5, nouns.changeItem],
  [2, nouns.archiveItem],
  [5, nouns.changeLot],
  [2, nouns.createLot],
  [1, nouns.createBin],
  [2, nouns.archivePlace],
  [1, nouns.createParty],
  [0.5, nouns.createOrganization],
  [1, nouns.createToken],
  [0.5, nouns.tokenVerb('rotate')],
  [0.5, nouns.tokenVerb('revoke')],
  [4, nouns.neighbourAdjusts],
  [10, nouns.look],
  [10, nouns.lookAtItem],
]

const sum = weighted.reduce((total, [weight]) => total + weight, 0)

export function choose(random: Random): Generator {
  let left = random.next() * sum
  for (const [weight, generator] of weighted) {
    left -= weight
    if (left < 0) return generator
  }
  return weighted[0]![1]
}
