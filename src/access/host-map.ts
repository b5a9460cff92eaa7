/** Which business a host name means: held in memory, because every sign-in page and every certificate asks. */
import { withoutPort } from '../kit/host-names.ts'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import { access_changes } from '../operations/access-changed.ts'
import { namedHosts } from './store.ts'

export interface BusinessAtHost {
  tenant_id: string
  slug: string
  name: string
}

interface HostMap {
  /** The count of changes it was drawn at: whoever changes a domain counts up. */
  changes: number
  subdomains: Map<string, BusinessAtHost>
  custom: Map<string, BusinessAtHost>
}

const scope = systemScope('host-map')
const maps = new WeakMap<DataFolder, HostMap>()

/**
 * The business that is reached under a host name: one of ours, or one of its own that is verified.
 * @param public_url of this installation: `harbour` in front of its host is the business harbour
 */
export function businessOfHost(
  data: DataFolder,
  public_url: string,
  host: string,
): BusinessAtHost | undefined {
  const { subdomains, custom } = mapOf(data)
  const name = withoutPort(host)
  const suffix = `.${new URL(public_url).hostname}`
  return (
    custom.get(name) ??
    (name.endsWith(suffix) ? subdomains.get(name.slice(0, -suffix.length)) : undefined)
  )
}

function mapOf(data: DataFolder): HostMap {
  const known = maps.get(data)
  if (known?.changes === access_changes) return known
  const drawn: HostMap = { changes: access_changes, subdomains: new Map(), custom: new Map() }
  for (const { kind, host, ...business } of data.platform.read(scope, namedHosts)) {
    drawn[kind === 'subdomain' ? 'subdomains' : 'custom'].set(host, business)
  }
  maps.set(data, drawn)
  return drawn
}
