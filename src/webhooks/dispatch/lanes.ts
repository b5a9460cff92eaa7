/** Counts what is on its way, so that a slow endpoint fills its own lane and nobody else's. */

/** Requests at once for one business, and for the whole process: the runtime opens 256 in all. */
const most_of_a_tenant = 60
const most_of_all = 200

export class Lanes {
  readonly #tenants = new Map<string, Map<string, Set<string>>>()
  #total = 0

  get total(): number {
    return this.#total
  }

  isOnItsWay(tenant_id: string, endpoint_id: string, delivery_id: string): boolean {
    return this.#tenants.get(tenant_id)?.get(endpoint_id)?.has(delivery_id) ?? false
  }

  of(tenant_id: string, endpoint_id: string): number {
    return this.#tenants.get(tenant_id)?.get(endpoint_id)?.size ?? 0
  }

  /** How many more may start, of `wanted` at once for this endpoint. */
  free(tenant_id: string, endpoint_id: string, wanted: number): number {
    let of_tenant = 0
    for (const lane of this.#tenants.get(tenant_id)?.values() ?? []) of_tenant += lane.size
    return Math.max(
      0,
      Math.min(
        wanted - this.of(tenant_id, endpoint_id),
        most_of_a_tenant - of_tenant,
        most_of_all - this.#total,
      ),
    )
  }

  enter(tenant_id: string, endpoint_id: string, delivery_id: string): void {
    const lanes = this.#tenants.get(tenant_id) ?? new Map<string, Set<string>>()
    this.#tenants.set(tenant_id, lanes)
    const lane = lanes.get(endpoint_id) ?? new Set<string>()
    lanes.set(endpoint_id, lane.add(delivery_id))
    this.#total += 1
  }

  leave(tenant_id: string, endpoint_id: string, delivery_id: string): void {
    const lanes = this.#tenants.get(tenant_id)
    const lane = lanes?.get(endpoint_id)
    if (!lanes || !lane?.delete(delivery_id)) return
    this.#total -= 1
    if (lane.size === 0) lanes.delete(endpoint_id)
    if (lanes.size === 0) this.#tenants.delete(tenant_id)
  }
}
