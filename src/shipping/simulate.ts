/** Connects carriers that only exist on this machine, so that a sandbox can ship from its first minute. */
import { carriers } from '../carriers/registry.ts'
import { simulated_carriers } from '../carriers/simulator/simulated.ts'
import type { Outward } from '../operations/outward.ts'
import { connectCarrier } from './connect.ts'
import { hasConnectionTo } from './store-connections.ts'

/** What stands in every field that a real account would fill. */
const credential = 'SIM001'

/** Whether this installation can pretend to be that carrier. */
export const canSimulate = ({ services }: Pick<Outward, 'services'>, carrier_id: string): boolean =>
  services.simulator_url !== undefined && simulated_carriers.includes(carrier_id)

/** Those that cannot be simulated, and those that are connected already, are passed over. */
export async function connectSimulated(
  outward: Outward,
  carrier_ids: readonly string[],
): Promise<void> {
  for (const carrier of carriers) {
    const { id: carrier_id, name } = carrier
    if (!carrier_ids.includes(carrier_id) || !canSimulate(outward, carrier_id)) continue
    if (outward.read((read) => hasConnectionTo(read, carrier_id))) continue
    await connectCarrier(outward, {
      carrier_id,
      name: `${name} (simulated)`,
      mode: 'simulator',
      base_url: `${outward.services.simulator_url}/${carrier_id}`,
      credentials: Object.fromEntries(carrier.credentials.map((field) => [field.name, credential])),
    })
  }
}
