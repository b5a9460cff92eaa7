/** Runs a built executable where neither this checkout nor its packages can be reached. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dir, '..')

/** An own mount namespace, as root or as a user who plays root in a namespace of his own. */
const ways = [
  ['unshare', '--mount'],
  ['unshare', '--map-root-user', '--mount'],
]

function findWay(): string[] | undefined {
  const seal = `mount -t tmpfs none '${root}'`
  return ways.find((way) => Bun.which(way[0]!) && tryRun([...way, 'sh', '-c', seal]))
}

const tryRun = (command: string[]): boolean =>
  Bun.spawnSync(command, { stdout: 'ignore', stderr: 'ignore' }).exitCode === 0

export interface SealedRun {
  exit_code: number
  output: string
  /** False where this machine permits no mount namespace: then only the copy stood elsewhere. */
  sealed: boolean
}

export async function sealedRun(executable: string, args: string[]): Promise<SealedRun> {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-sealed-'))
  const program = join(folder, 'stowage')
  copyFileSync(executable, program)
  const way = findWay()
  // `cd` last: a process that stood in the tree would still see it.
  const script = `mount -t tmpfs none '${root}' && cd / && exec "$0" "$@"`
  const command = way ? [...way, 'sh', '-c', script, program, ...args] : [program, ...args]
  const child = Bun.spawn(command, {
    cwd: folder,
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: folder },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text()])
  const exit_code = await child.exited
  rmSync(folder, { recursive: true, force: true })
  return { exit_code, output: out + err, sealed: way !== undefined }
}
