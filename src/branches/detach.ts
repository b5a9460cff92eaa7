/** Turns the copy of a live business into one that cannot act in its name. */
import { carriers } from '../carriers/registry.ts'
import { simulated_carriers } from '../carriers/simulator/simulated.ts'
import { hmacSha256, seal } from '../kit/secrets.ts'
import type { DatabaseFile } from '../db/file.ts'
import type { Scope } from '../db/scope.ts'
import type { Write } from '../db/session.ts'
import { issueToken } from '../access/issue-token.ts'
import type { AuditNote } from '../operations/door.ts'
import { recordAudit } from '../audit/record.ts'
import { tenantKey, type Beside } from '../operations/outward.ts'
import { homeOf } from './store.ts'
import {
  askNoSecondFactor,
  connectionRows,
  emptyTables,
  forgetPasswords,
  headOfLedger,
  presentTables,
  setSimulated,
  stopTracking,
} from './store-copy.ts'

export interface Detached {
  /** Shown this once. */
  token: string
  postings: number
  head_hash: string
}

/** What stands in every field that a real account would fill. */
const credential = 'SIM001'

/**
 * Old tokens, sessions and links work no more, nothing waits to be sent, and every carrier is a
 * simulation. The file is not in its place yet.
 */
export async function detach(
  file: DatabaseFile,
  beside: Beside,
  scope: Scope,
  tables: readonly string[],
): Promise<Detached> {
  emptyTables(file.connection, presentTables(file.connection, tables))
  const organization_id = file.read(scope, homeOf)
  return file.write({ ...scope, organization_id }, (tx) => {
    forgetPasswords(tx)
    askNoSecondFactor(tx)
    stopTracking(tx)
    for (const { id, carrier_id } of connectionRows(tx)) simulate(tx, beside, id, carrier_id)
    recordAudit(tx, noteOf(scope))
    const token = firstToken(tx)
    return { token, ...headOfLedger(tx) }
  })
}

function simulate(tx: Write, { services }: Beside, id: string, carrier_id: string): void {
  const { tenant_id } = tx.scope
  const { simulator_url } = services
  const carrier = carriers.find((each) => each.id === carrier_id)
  const names = carrier?.credentials.map(({ name }) => name) ?? []
  const values = Object.fromEntries(names.map((name) => [name, credential]))
  const can = simulator_url !== undefined && simulated_carriers.includes(carrier_id)
  setSimulated(tx, id, {
    base_url: can ? `${simulator_url}/${carrier_id}` : null,
    credentials: seal(tenantKey({ services, tenant_id }), JSON.stringify(values), id),
    config: JSON.stringify({ values: {}, credentials_set: names }),
  })
}

const noteOf = ({ tenant_id }: Scope): AuditNote => ({
  action: 'branches.begin',
  subject_id: tenant_id,
  before: undefined,
  after: undefined,
  input: {},
})

/** A token that may do everything in the file it is written into. */
export const firstToken = (tx: Write): string =>
  issueToken(tx, {
    name: 'First token',
    level: 'tenant',
    tenant_id: tx.scope.tenant_id,
    organization_id: '',
    scopes: ['*'],
    expires_at: null,
    allowed_ips: [],
  }).token

/** A key that nobody will know again. */
export const passingKey = (secret: string): Uint8Array => hmacSha256(secret, 'anonymise')
