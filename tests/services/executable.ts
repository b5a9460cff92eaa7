/** The compiled executable, built when anything it is made of has changed. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, ownTarget } from '../../build.ts'

const root = join(import.meta.dir, '../..')
const folder = join(root, 'dist/tested')
// Bun's Glob finds nothing for braces that hold a `**`: folders and files are asked for apart.
const made_of = ['{src,views,migrations}/**/*', '{build.ts,bun.lock,package.json,tsconfig.json}']

function sourceHash(): string {
  const hash = new Bun.CryptoHasher('sha256')
  const files = made_of
    .flatMap((pattern) => [...new Bun.Glob(pattern).scanSync(root)])
    .filter((path) => !path.includes('.test.'))
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
