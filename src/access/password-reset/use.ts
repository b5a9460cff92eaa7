/** Sets a new password by a link from the mail, and signs the person out everywhere. */
import { sha256 } from '../../kit/secrets.ts'
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope, type Scope } from '../../db/scope.ts'
import type { Read, Write } from '../../db/session.ts'
import type { AuditNote } from '../../operations/door.ts'
import { keepPassword } from '../account/change-password.ts'
import { hashPassword } from '../passwords.ts'
import { deleteSessionsOfUser } from '../session-store.ts'
import { linkSpent, readSetupPath } from '../setup-link.ts'
import { noteOf } from '../sign-in.ts'
import { findUser, type UserRow } from '../user-store.ts'
import { findReset, spendReset } from './store.ts'

const asking = systemScope('password reset')

/** For whom the link is, to greet them. @throws Problem `link_spent` */
export function whoseReset(data: DataFolder, text: string): UserRow {
  const { tenant_id, secret } = readSetupPath(text)
  return fileOf(data, tenant_id).read({ ...asking, tenant_id }, (read) => openReset(read, secret))
}

/**
 * Of two who use it at once, one gets through. Nobody is signed in by it: the new password is asked
 * at the door, and the second factor after it.
 * @throws Problem `link_spent`, `weak_password`
 */
export async function resetPassword(
  data: DataFolder,
  text: string,
  password: string,
  from: { ip: string; user_agent: string; request_id: string },
  audit: (tx: Write, note: AuditNote) => void,
): Promise<{ tenant_id: string; user_id: string }> {
  const { tenant_id, secret } = readSetupPath(text)
  const user = whoseReset(data, text)
  const password_hash = await hashPassword(password, user.email)
  const { id, name } = user
  const kind = tenant_id ? 'user' : 'staff'
  const scope: Scope = { ...asking, actor: { kind, id, name }, tenant_id, ...from }
  return fileOf(data, tenant_id).write(scope, (tx) => {
    if (spendReset(tx, sha256(secret)) !== 1) throw linkSpent()
    keepPassword(tx, user, password_hash)
    deleteSessionsOfUser(tx, id)
    audit(tx, noteOf('password_resets.use', id))
    return { tenant_id, user_id: id }
  })
}

function openReset(read: Read, secret: string): UserRow {
  const reset = findReset(read, sha256(secret))
  const user = reset && findUser(read, reset.user_id)
  if (!user || reset.used_at || reset.expires_at <= read.now) throw linkSpent()
  return user
}

const fileOf = (data: DataFolder, tenant_id: string) =>
  tenant_id ? data.tenants.at(tenant_id) : data.platform
