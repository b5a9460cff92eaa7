/** How a token is written: it names its level and its tenant, so that the right file is asked. */
import { randomSecret, sha256 } from '../kit/secrets.ts'
import type { Level } from '../operations/operation.ts'

const shapes: [Level, RegExp][] = [
  ['platform', /^stw_platform_([\w-]{43})$/],
  ['tenant', /^stw_tenant_([0-9a-z]{26})_([\w-]{43})$/],
  ['organization', /^stw_org_[0-9a-z]{26}_([0-9a-z]{26})_([\w-]{43})$/],
]

const bare = (id: string) => id.slice(id.indexOf('_') + 1)

/** A new token: shown once, stored as its hash. */
export function newTokenText(level: Level, tenant_id: string, organization_id: string): string {
  const secret = randomSecret(32)
  if (level === 'platform') return `stw_platform_${secret}`
  if (level === 'tenant') return `stw_tenant_${bare(tenant_id)}_${secret}`
  return `stw_org_${bare(organization_id)}_${bare(tenant_id)}_${secret}`
}

/** The level and the tenant a token claims; undefined when it is not one of ours at all. */
export function readTokenText(text: string): { level: Level; tenant_id: string } | undefined {
  for (const [level, shape] of shapes) {
    const match = shape.exec(text)
    if (match) return { level, tenant_id: level === 'platform' ? '' : `ten_${match[1]}` }
  }
  return undefined
}

export const hashToken = (text: string): Buffer => sha256(text)
export const hintOf = (text: string): string => text.slice(-4)
