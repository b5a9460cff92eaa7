/** Plays a power cut: of a data folder only what was synced survives (see power-cut.c). */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

/** Compiles the library that is preloaded; undefined where there is no C compiler. */
export function buildShim(folder: string): string | undefined {
  if (!Bun.which('cc')) return undefined
  const library = join(folder, 'power-cut.so')
  const source = join(import.meta.dir, 'power-cut.c')
  const built = Bun.spawnSync(['cc', '-O2', '-shared', '-fPIC', source, '-o', library, '-ldl'])
  if (built.exitCode !== 0) throw new Error(built.stderr.toString())
  return library
}

const nameOf = (path: string): string => {
  const { ino, birthtimeNs } = statSync(path, { bigint: true })
  return `${ino}-${birthtimeNs / 1_000_000_000n}-${birthtimeNs % 1_000_000_000n}`
}

/** Takes everything that is in the folder now as synced. */
export function primeCopy(folder: string, copy: string): void {
  const lines: string[] = []
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    // Sockets hold nothing.
    if (!entry.isFile() && !entry.isDirectory()) continue
    const path = join(folder, entry.name)
    const name = nameOf(path)
    lines.push(`${entry.isDirectory() ? 'd' : 'f'}\t${name}\t${entry.name}\n`)
    if (entry.isDirectory()) primeCopy(path, copy)
    else copyFileSync(path, join(copy, name))
  }
  writeFileSync(join(copy, nameOf(folder)), lines.join(''))
}

/** Puts what survived in the place of the folder. A synced name without synced content is empty. */
export function cutPower(folder: string, copy: string): void {
  const survived = `${folder}.survived`
  rebuild(nameOf(folder), survived, copy)
  rmSync(folder, { recursive: true })
  renameSync(survived, folder)
}

function rebuild(name: string, target: string, copy: string): void {
  mkdirSync(target, { recursive: true, mode: 0o700 })
  const listing = join(copy, name)
  if (!existsSync(listing)) return
  for (const line of readFileSync(listing, 'utf8').split('\n').filter(Boolean)) {
    const [kind, child, title] = line.split('\t') as [string, string, string]
    const path = join(target, title)
    if (kind === 'd') rebuild(child, path, copy)
    else if (existsSync(join(copy, child))) copyFileSync(join(copy, child), path)
    else writeFileSync(path, '')
  }
}
