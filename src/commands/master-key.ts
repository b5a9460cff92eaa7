/** The key that seals credentials at rest. Made once, readable by its owner alone. */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

const key_bytes = 32

/** @throws when the file is there and is not a key: what it sealed could never be opened again */
export function masterKey(path: string): Uint8Array {
  return readKey(path) ?? makeKey(path)
}

function readKey(path: string): Uint8Array | undefined {
  try {
    const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
    if (key.length !== key_bytes) throw new Error(`${path} is not a key of ${key_bytes} bytes.`)
    return key
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined
    throw error
  }
}

/** Durable before anything is sealed with it. */
function makeKey(path: string): Uint8Array {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const key = randomBytes(key_bytes)
  const file = openSync(path, 'wx', 0o600)
  writeSync(file, `${key.toString('base64')}\n`)
  fsyncSync(file)
  closeSync(file)
  const folder = openSync(dirname(path), 'r')
  fsyncSync(folder)
  closeSync(folder)
  return key
}
