/** The compiled executable, built when anything it is made of has changed. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, ownTarget } from '../../build.ts'

const root = join(import.meta.dir, '../..')
const folder = join(root, 'dist/tested')
const made_of = '{src/**/*,views/**/*,migrations/**/*,build.ts,bun.lock,package.json,tsconfig.json}'

function sourceHash(): string {
  const hash = new Bun.CryptoHasher('sha256')
  const files = [...new Bun.Glob(made_of).scanSync(root)].filter(
    (path) => !/\.test\.ts$/.test(path),
  )
  for (const path of files.sort()) hash.update(path).update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

/** @returns its path */
export async function builtExecutable(): Promise<string> {
  const path = join(folder, 'stowage')
  const note = join(folder, 'made-of')
  const hash = sourceHash()
  if (existsSync(path) && existsSync(note) && readFileSync(note, 'utf8') === hash) return path
  mkdirSync(folder, { recursive: true })
  await build(ownTarget(), path, 'tested')
  writeFileSync(note, hash)
  return path
}
