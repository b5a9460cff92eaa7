/**
 * Runs a command with the Bun this project is made for, on a machine that may only have Node and npm.
 * Plain JavaScript, because it runs before anything is installed: node .ci/with-bun.mjs run check
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const wanted = manifest.packageManager.replace('bun@', '')
const private_copy = join(root, '.tools', `bun-${wanted}`)

// Options from outside would change what Bun does; BUN_BE_BUN changes what a compiled program is.
const environment = { ...process.env }
delete environment.BUN_OPTIONS
delete environment.BUN_BE_BUN

function isWanted(path) {
  if (!existsSync(path)) return false
  const asked = spawnSync(path, ['--version'], { encoding: 'utf8', env: environment })
  return asked.status === 0 && asked.stdout.trim() === wanted
}

/** npm may skip a package's install script, so the program is taken from the platform's package. */
function privateCopies() {
  const folder = join(private_copy, 'node_modules', '@oven')
  return existsSync(folder)
    ? readdirSync(folder).map((name) => join(folder, name, 'bin', 'bun'))
    : []
}

function findBun() {
  const on_path = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'bun'))
  const itself = process.versions.bun ? [process.execPath] : []
  const places = [...itself, join(root, 'node_modules/.bin/bun'), ...on_path, ...privateCopies()]
  return places.find(isWanted)
}

function installBun() {
  console.error(`Bun ${wanted} is not here yet: fetching it with npm into .tools/`)
  mkdirSync(private_copy, { recursive: true })
  const flags = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  run('npm', ['install', ...flags, '--prefix', private_copy, `bun@${wanted}`])
  const found = privateCopies().find(isWanted)
  if (!found) throw new Error(`npm brought no Bun ${wanted} that runs on this machine.`)
  return found
}

function run(program, args) {
  const done = spawnSync(program, args, { cwd: root, stdio: ['ignore', 2, 2], env: environment })
  if (done.status !== 0) {
    throw new Error(`${program} ${args[0]} failed: ${done.error?.message ?? `exit ${done.status}`}`)
  }
}

/** The packages are those of bun.lock when its hash is the one noted after the last install. */
function installPackages(bun) {
  const lock = readFileSync(join(root, 'bun.lock'))
  const hash = createHash('sha256').update(lock).digest('hex')
  const note = join(root, 'node_modules', '.installed-from')
  if (existsSync(note) && readFileSync(note, 'utf8') === hash) return
  run(bun, ['install', '--frozen-lockfile'])
  writeFileSync(note, hash)
}

function execute(bun, args) {
  const path = `${dirname(bun)}${delimiter}${process.env.PATH ?? ''}`
  const child = spawn(bun, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...environment, PATH: path },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 128 + constants.signals[signal] : code
  })
  child.on('error', (error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}

try {
  const bun = findBun() ?? installBun()
  installPackages(bun)
  execute(bun, process.argv.slice(2))
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
