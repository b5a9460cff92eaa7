/** Gives a new business its first names: one below the installation's own, and those it brings. */
import { isLabel, readHostName } from '../kit/host-names.ts'
import { invalid, Problem } from '../kit/problem.ts'
import { randomSecret } from '../kit/secrets.ts'
import type { Read, Write } from '../db/session.ts'
import { platformHost } from './read.ts'
import { findHolder, findOwn, findQuarantine, insertDomain } from './store.ts'

/** What somebody wrote as the address of a business. */
export type Wished = { label: string } | { host: string }

/**
 * `harbour` is a part of our own names, `harbour.stock.example.com` is the same in full, and
 * anything else with a dot is a name of one's own.
 * @param pointer where it stood in the input
 * @throws Problem `invalid`
 */
export function readWishedDomain(read: Read, text: string, pointer: string): Wished {
  const typed = text.trim().toLowerCase()
  if (isLabel(typed)) return { label: typed }
  const suffix = `.${platformHost(read)}`
  if (typed.endsWith(suffix) && isLabel(typed.slice(0, -suffix.length))) {
    return { label: typed.slice(0, -suffix.length) }
  }
  return { host: readOwnHost(read, text, pointer) }
}

/** @throws Problem `invalid` for what is no host name, and for names below our own */
export function readOwnHost(read: Read, text: string, pointer: string): string {
  const host = readHostName(text)
  const own = platformHost(read)
  if (!host || host === own || host.endsWith(`.${own}`)) {
    const detail = 'This is not a host name of your own, such as shipping.example.com.'
    throw invalid(pointer, detail)
  }
  return host
}

/** The name below the installation's own: nobody else has it, because no two have one short name. */
export function registerSubdomain(tx: Write, tenant_id: string, label: string): void {
  insertDomain(tx, { id: tx.id('dom'), tenant_id, kind: 'subdomain', name: label, proof: '' })
}

/**
 * A name of one's own, which is yet to be proven.
 * @returns its id
 * @throws Problem `domain_taken`, `domain_quarantined`
 */
export function registerHost(tx: Write, tenant_id: string, name: string): string {
  if (findOwn(tx, tenant_id, name)) {
    throw new Problem('domain_taken', `${name} is in your list already.`)
  }
  refuseHeld(tx, tenant_id, name)
  const id = tx.id('dom')
  const proof = `stowage-domain=${randomSecret(24)}`
  insertDomain(tx, { id, tenant_id, kind: 'custom', name, proof })
  return id
}

/** @throws Problem `domain_taken`, `domain_quarantined` */
export function refuseHeld(read: Read, tenant_id: string, name: string): void {
  const holder = findHolder(read, name)
  if (holder && holder.tenant_id !== tenant_id) {
    throw new Problem('domain_taken', `${name} belongs to another business here.`)
  }
  const quarantined_until = findQuarantine(read, tenant_id, name)
  if (!quarantined_until) return
  const detail = `${name} was released by another business a short time ago.`
  throw new Problem('domain_quarantined', detail, { quarantined_until })
}
