/** Where the carriers of a business may be reached: not inside our network, and nothing real from a sandbox. */
import { isWithin, readRange } from '../kit/ip-ranges.ts'
import { invalid } from '../kit/problem.ts'
import type { Carrier } from '../carriers/contract.ts'
import type { Outward } from '../operations/outward.ts'
import { environmentOf } from '../tenants/read.ts'
import type { CarrierConnection } from './schema.ts'

/**
 * What a business calls a simulator may be anything in the operator's own network: only his own, and
 * the hosts he has named, are called. He himself may name any.
 * @throws Problem `invalid`
 */
export function requireSimulator({ tenant_id, services }: Outward, base_url: string): void {
  if (!tenant_id) return
  const { origin, hostname } = new URL(base_url)
  const { simulator_url, private_hosts = [] } = services
  if (simulator_url !== undefined && new URL(simulator_url).origin === origin) return
  const host = hostname.replace(/^\[|\]$/g, '')
  const ranges = private_hosts.map(readRange).filter((range) => range !== undefined)
  if (private_hosts.includes(host) || isWithin(host, ranges)) return
  throw invalid('/base_url', 'There is no simulator of this installation: ask the operator.')
}

/**
 * A sandbox is for trying: nothing real is bought from it. A carrier that is never called, such as an
 * own delivery, is no danger.
 * @throws Problem `invalid`
 */
export function refuseRealInSandbox(
  { data, scope, tenant_id }: Outward,
  carrier: Carrier,
  mode: CarrierConnection['mode'],
): void {
  if (mode !== 'live' || !tenant_id || Object.keys(carrier.hosts).length === 0) return
  const environment = data.platform.read(scope, (read) => environmentOf(read, tenant_id))
  if (environment !== 'sandbox') return
  throw invalid('/mode', 'Nothing real is bought from a sandbox: choose sandbox or simulator.')
}
