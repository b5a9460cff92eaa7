/** Passwords: which are accepted, and how they are kept (argon2id, never reversible). */
import { Problem } from '../kit/problem.ts'
import { isCommonPassword } from './common-passwords.ts'

/** NIST SP 800-63B-4, 3.1.1.2: length counts, composition rules do not help. */
const shortest = 12
const longest = 256

/** OWASP Password Storage Cheat Sheet (2025): argon2id with 19 MiB and two passes. */
const argon2id = { algorithm: 'argon2id', memoryCost: 19_456, timeCost: 2 } as const

/** Text that looks the same is the same, whatever keyboard it was typed on. */
const normal = (password: string): string => password.normalize('NFKC')

/**
 * Checks a new password and hashes it. Runs on another thread: await it before the transaction.
 * @throws Problem `weak_password`
 */
export async function hashPassword(password: string, email: string): Promise<string> {
  const reason = weakness(normal(password), email)
  if (reason) {
    const errors = [{ pointer: '/password', detail: reason }]
    throw new Problem('weak_password', reason, { errors })
  }
  return Bun.password.hash(normal(password), argon2id)
}

/** Takes as long for a person who does not exist as for a wrong password. */
export async function verifyPassword(
  password: string,
  password_hash: string | undefined,
): Promise<boolean> {
  const hash = password_hash ?? (await nobodys_hash)
  const right = await Bun.password.verify(normal(password).slice(0, longest), hash)
  return right && password_hash !== undefined
}

/** Compared with when there is nobody: no password has it. */
const nobodys_hash = Bun.password.hash(crypto.randomUUID(), argon2id)

function weakness(password: string, email: string): string | undefined {
  const length = [...password].length
  if (length < shortest) return `Use at least ${shortest} characters; a sentence is fine.`
  if (password.length > longest) return `Use at most ${longest} characters.`
  const plain = password.toLowerCase()
  const [name = ''] = email.toLowerCase().split('@')
  if (plain.includes(email.toLowerCase()) || (name.length > 3 && isMostly(plain, name))) {
    return 'This is your e-mail address, or nearly so.'
  }
  if (isCommonPassword(plain)) return 'This is one of the first that others would try.'
  return undefined
}

/** What remains without the word is too little to be a secret. */
const isMostly = (plain: string, word: string): boolean =>
  plain.includes(word) && plain.replaceAll(word, '').length < 6
