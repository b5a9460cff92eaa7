/** Builds the shim that makes a disk slow. */
import { join } from 'node:path'

/** Where it lies, or undefined on a machine without a C compiler. */
export function buildSlowSync(folder: string): string | undefined {
  if (!Bun.which('cc')) return undefined
  const library = join(folder, 'slow-sync.so')
  const source = join(import.meta.dir, 'slow-sync.c')
  const built = Bun.spawnSync(['cc', '-O2', '-shared', '-fPIC', source, '-o', library, '-ldl'])
  if (!built.success) throw new Error(`the shim was not built: ${built.stderr.toString()}`)
  return library
}
