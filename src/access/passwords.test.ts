import { expect, test } from 'bun:test'
import { hashPassword, verifyPassword } from './passwords.ts'

const email = 'mara.hale@harbour.test'
const weak = [
  'short',
  'elevenchars',
  'password1234',
  'P@ssw0rd!2026',
  'qwertyuiop12',
  'passwordpassword',
  '123456789012',
  'abcdefghijklmn',
  'aaaaaaaaaaaaaaaa',
  'abcabcabcabcabc',
  'mara.hale@harbour.test',
  'mara.hale2026',
  'Correct Horse Battery Staple',
  'x'.repeat(300),
]

test.each(weak)('%p is refused', async (password) => {
  await expect(hashPassword(password, email)).rejects.toMatchObject({ code: 'weak_password' })
})

test.each(['three gulls over the pier', 'Tr0ub4dor&3-kelp', 'ñandú 喜び kelp 12'])(
  '%p is accepted and kept as argon2id',
  async (password) => {
    const hash = await hashPassword(password, email)
    expect(hash).toStartWith('$argon2id$')
    expect(await verifyPassword(password, hash)).toBe(true)
    expect(await verifyPassword(`${password} `, hash)).toBe(false)
  },
)

test('the same letters from another keyboard are the same password', async () => {
  const hash = await hashPassword('caf\u00e9 over the pier', email)
  expect(await verifyPassword('cafe\u0301 over the pier', hash)).toBe(true)
})

test('nobody has no password', async () => {
  expect(await verifyPassword('', undefined)).toBe(false)
  expect(await verifyPassword('three gulls over the pier', undefined)).toBe(false)
})
