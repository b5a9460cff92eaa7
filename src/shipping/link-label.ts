/** Makes a link to a label that opens without signing in, for a while: for a printer, for a customer. */
import { minute_ms, timestamp } from '../kit/clock.ts'
import { SignedLinks } from '../objects/signed-links.ts'
import type { Outward } from '../operations/outward.ts'
import { getLabel } from './read.ts'
import type { LabelLink, NewLabelLink } from './schema.ts'

/** @throws Problem `not_found` where no label was bought */
export function linkLabel(
  outward: Outward,
  { minutes = 60, ...parcel }: NewLabelLink & { id: string; position: number },
): Promise<LabelLink> {
  const { tenant_id, services, data } = outward
  const { object_key: key } = outward.read((read) => getLabel(read, parcel))
  const now_ms = data.clock.now()
  const expires_at = timestamp(now_ms + minutes * minute_ms)
  const links = new SignedLinks(services.master_key)
  const path = links.signLink({ tenant_id, key, expires_at }, now_ms)
  return Promise.resolve({ url: services.public_url + path, expires_at })
}
