/** Lets a person in by a set-up link: sets the password, and makes the first operator. */
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope, type Scope } from '../db/scope.ts'
import type { Write } from '../db/session.ts'
import { invalid } from '../kit/problem.ts'
import type { AuditNote } from '../operations/door.ts'
import { keepPassword } from './account/change-password.ts'
import { joinOrganization } from './add-member.ts'
import { hashPassword } from './passwords.ts'
import { deleteFactor } from './second-factor/store.ts'
import { deleteSessionsOfUser } from './session-store.ts'
import { openSetupLink, readSetupPath, spendLink } from './setup-link.ts'
import { homeOf, noteOf, type SignedIn } from './sign-in.ts'
import { findMembership, findUser, findUserByEmail, setLastSeen } from './user-store.ts'

export interface Newcomer {
  /** Asked only on the link for an operator; others have a name and an address already. */
  name: string
  email: string
  password: string
}

const asking = systemScope('set-up link')
const mail_shape = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** For whom the link is, to greet them. @throws Problem `link_spent` */
export function whoseLink(
  data: DataFolder,
  text: string,
): { id: string; email: string; name: string } | undefined {
  const { tenant_id, secret } = readSetupPath(text)
  return fileOf(data, tenant_id).read(asking, (read) => openSetupLink(read, secret).user)
}

/**
 * Uses a link up and opens the account. An operator who exists already gets the new password: the
 * link came from the terminal of this installation.
 * @throws Problem `link_spent`, `weak_password`, `invalid`
 */
export async function setUp(
  data: DataFolder,
  text: string,
  typed: Newcomer,
  from: { ip: string; user_agent: string; request_id: string },
  audit: (tx: Write, note: AuditNote) => void,
): Promise<SignedIn> {
  const { tenant_id, secret } = readSetupPath(text)
  const known = whoseLink(data, text)
  const person = known ?? readPerson(typed)
  const password_hash = await hashPassword(typed.password, person.email)
  const scope: Scope = { ...asking, tenant_id, ...from }
  return fileOf(data, tenant_id).write(scope, (tx) => {
    spendLink(tx, secret)
    const user_id = known?.id ?? enrolOperator(tx, person)
    keepPassword(tx, findUser(tx, user_id)!, password_hash)
    deleteSessionsOfUser(tx, user_id)
    setLastSeen(tx, user_id)
    audit(tx, noteOf('setup_links.use', user_id, { email: person.email }))
    return { tenant_id, user_id, organization_id: tenant_id ? (homeOf(tx, user_id) ?? '') : '' }
  })
}

function readPerson({ name, email }: Newcomer): { name: string; email: string } {
  const person = { name: name.trim(), email: email.trim() }
  if (!person.name) throw invalid('/name', 'Say who you are.')
  if (!mail_shape.test(person.email)) throw invalid('/email', 'This is not an e-mail address.')
  return person
}

function enrolOperator(tx: Write, person: { name: string; email: string }): string {
  const known = findUserByEmail(tx, person.email)
  if (known && findMembership(tx, known.id, '')) {
    // The way back for an operator who lost the telephone: whoever has the terminal has the files.
    deleteFactor(tx, known.id)
    return known.id
  }
  return joinOrganization(tx, { ...person, role: 'operator', password_hash: null }).id
}

const fileOf = (data: DataFolder, tenant_id: string) =>
  tenant_id ? data.tenants.at(tenant_id) : data.platform
