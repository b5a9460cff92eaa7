/** Finds the real programs that the tests of this room run against. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** On the PATH, or where `go install` puts it. Prints why tests are skipped when it is absent. */
export function findProgram(name: string): string | undefined {
  const on_path = Bun.which(name)
  if (on_path) return on_path
  const folders = [goPath()].flatMap((folder) => (folder ? [join(folder, 'bin', name)] : []))
  const found = folders.find((path) => existsSync(path))
  if (!found) console.warn(`skipped: there is no ${name} on the PATH or in $(go env GOPATH)/bin`)
  return found
}

function goPath(): string | undefined {
  if (process.env.GOPATH) return process.env.GOPATH
  const go = Bun.which('go')
  if (go) return Bun.spawnSync([go, 'env', 'GOPATH']).stdout.toString().trim()
  return process.env.HOME ? join(process.env.HOME, 'go') : undefined
}
