/**
 * Builds the executable: `bun build.ts [linux-x64 linux-arm64 linux-x64-musl linux-arm64-musl | all]`.
 * The result depends on the commit and the lock file alone: two builds are equal byte for byte.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { sealedRun } from './.ci/sealed-run.ts'

interface Target {
  /** Bun's name of it. */
  bun: Bun.Build.CompileTarget
  /** The npm package with Bun's own program for it. */
  runtime: string
  /** The file of the SQLite driver that embeds the right library. */
  driver: string
}

export const targets: Record<string, Target> = {
  'linux-x64': { bun: 'bun-linux-x64', runtime: 'bun-linux-x64', driver: 'linux-x64' },
  'linux-arm64': { bun: 'bun-linux-arm64', runtime: 'bun-linux-aarch64', driver: 'linux-arm64' },
  'linux-x64-musl': {
    bun: 'bun-linux-x64-musl',
    runtime: 'bun-linux-x64-musl',
    driver: 'linuxmusl-x64',
  },
  'linux-arm64-musl': {
    bun: 'bun-linux-arm64-musl',
    runtime: 'bun-linux-aarch64-musl',
    driver: 'linuxmusl-arm64',
  },
}

const root = import.meta.dir
const most_bytes = 130_000_000

/** The target that runs on this machine. */
export function ownTarget(): string {
  const musl = existsSync(`/lib/ld-musl-${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}.so.1`)
  return `linux-${process.arch}${musl ? '-musl' : ''}`
}

export interface Built {
  path: string
  sha256: string
  size_bytes: number
}

/** @param stamp what `--version` says after the release: the commit and its date */
export async function build(name: string, outfile: string, stamp: string): Promise<Built> {
  const target = targets[name]
  if (!target) throw new Error(`"${name}" is not one of ${Object.keys(targets).join(', ')}.`)
  // The name it is made under is inside it, so that is always the same.
  const making = mkdtempSync(join(dirname(outfile), '.making-'))
  const made = join(making, 'stowage')
  const result = await Bun.build({
    entrypoints: [join(root, 'src/main.ts')],
    target: 'bun',
    format: 'esm',
    bytecode: true,
    // Elysia reads the source text of handlers, so names stay as they are.
    minify: { whitespace: true, syntax: true, identifiers: false },
    define: { BUILD_STAMP: JSON.stringify(stamp), 'process.env.NODE_ENV': '"production"' },
    plugins: [embeddedDriver(target.driver), compressedFiles, withoutUncalled, drawnBarcodes],
    compile: {
      target: target.bun,
      executablePath: name === ownTarget() ? process.execPath : await runtimeOf(target),
      outfile: made,
      // A .env or bunfig.toml in the folder we are started in is none of ours.
      autoloadDotenv: false,
      autoloadBunfig: false,
    },
  })
  if (!result.success) throw new AggregateError(result.logs, `${name} could not be built`)
  chmodSync(made, 0o755)
  renameSync(made, outfile)
  rmSync(making, { recursive: true })
  const size_bytes = statSync(outfile).size
  if (size_bytes > most_bytes) throw new Error(`${outfile} has ${size_bytes} bytes: too many.`)
  const sha256 = new Bun.CryptoHasher('sha256').update(readFileSync(outfile)).digest('hex')
  return { path: outfile, sha256, size_bytes }
}

/** The plain import finds its library beside itself, which is nowhere in an executable. */
const embeddedDriver = (driver: string): Bun.BunPlugin => ({
  name: 'embedded-driver',
  setup(builder) {
    const path = join(root, 'node_modules/better-sqlite3/lib', `${driver}.js`)
    builder.onResolve({ filter: /^better-sqlite3$/ }, () => ({ path }))
  },
})

/** Embedded files are kept compressed; `src/kit/embedded.ts` reads them, browsers take them as they are. */
const compressedFiles: Bun.BunPlugin = {
  name: 'compressed-files',
  setup(builder) {
    const filter =
      /(\.ttf|views\/assets\/.*|node_modules\/(htmx\.org|uplot|@scalar\/api-reference)\/dist\/.*)$/
    builder.onLoad({ filter }, ({ path }) => ({
      contents: gzipSync(readFileSync(path), { level: 9 }),
      loader: 'file',
    }))
  },
}

const throwing = (why: string) => () => `module.exports = () => { throw new Error('${why}') }`

/** Parts of packages that nobody here calls, and what stands in their place. */
const uncalled: [filter: RegExp, contents: (path: string) => string][] = [
  // Only web fonts are packed with it; the typefaces of our labels are not, and nobody sends us any.
  [/\/node_modules\/brotli\/decompress\.js$/, throwing('WOFF2 is not read here')],
  // The router looks into uploaded files with it; our doors read JSON and forms.
  [/\/node_modules\/file-type\/source\/index\.js$/, throwing('no file is uploaded here')],
  // The types of attachments by their names: our mails have none.
  [
    /\/nodemailer\/dist\/\w+\/mime-funcs\/mime-types\.js$/,
    (path) => readFileSync(path, 'utf8').replace(/new Map\(\[[^]*?\n\]\)/g, 'new Map()'),
  ],
]

const withoutUncalled: Bun.BunPlugin = {
  name: 'without-uncalled',
  setup(builder) {
    for (const [filter, contents] of uncalled) {
      builder.onLoad({ filter }, ({ path }) => ({ contents: contents(path), loader: 'js' }))
    }
  },
}

/**
 * Of more than a hundred kinds of barcodes only those that the source names are carried: the others
 * would be a twentieth of the executable.
 */
const drawnBarcodes: Bun.BunPlugin = {
  name: 'drawn-barcodes',
  setup(builder) {
    builder.onLoad({ filter: /\/bwip-js\/dist\/bwipp\.mjs$/ }, ({ path }) => {
      const drawn = barcodesInSource()
      const unused = (text: string, kind: string) => (drawn.has(kind) ? text : '')
      const source = readFileSync(path, 'utf8')
      const contents = source.replace(/case "(\w+)":\s*return bwipp_\w+;/g, unused)
      return { contents, loader: 'js' }
    })
  },
}

/** Every `bwip.raw('code128', …)` in the source. */
function barcodesInSource(): Set<string> {
  const files = [...new Bun.Glob('src/**/*.ts').scanSync(root)]
  const source = files.map((path) => readFileSync(join(root, path), 'utf8')).join('\n')
  const kinds = [...source.matchAll(/\bbwip\.raw\('(\w+)'/g)].map((match) => match[1]!)
  if (kinds.length === 0) throw new Error('no barcode is drawn: has the call another name now?')
  return new Set(kinds)
}

/** Bun's program for a target, from npm: a build never asks any other server. */
async function runtimeOf({ runtime }: Target): Promise<string> {
  // One folder each: npm removes from a folder what it was not asked for this time.
  const folder = join(root, '.tools', `${runtime}-${Bun.version}`)
  const path = join(folder, 'node_modules/@oven', runtime, 'bin/bun')
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    const wanted = `@oven/${runtime}@${Bun.version}`
    const flags = ['--no-save', '--ignore-scripts', '--force', '--no-audit', '--no-fund']
    const npm = Bun.spawn(['npm', 'install', ...flags, '--prefix', folder, wanted], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    if ((await npm.exited) !== 0) throw new Error(`npm could not bring ${wanted}.`)
  }
  return path
}

/** The commit and its day; a tree that differs from it, or has none, says so. */
export async function stampOf(): Promise<string> {
  const commit = await Bun.$`git -C ${root} log -1 --format=${'%h of %cs'}`.quiet().nothrow()
  if (commit.exitCode !== 0) return 'no commit'
  const changed = await Bun.$`git -C ${root} status --porcelain --untracked-files=no`.text()
  return commit.text().trim() + (changed ? ', changed' : '')
}

if (import.meta.main) {
  const { positionals } = parseArgs({ allowPositionals: true })
  const wanted = positionals[0] === 'all' ? Object.keys(targets) : positionals
  const stamp = await stampOf()
  mkdirSync(join(root, 'dist'), { recursive: true })
  for (const name of wanted.length > 0 ? wanted : [ownTarget()]) {
    const built = await build(name, join(root, 'dist', `stowage-${name}`), stamp)
    console.log(`${built.sha256}  ${built.path}  ${(built.size_bytes / 1e6).toFixed(1)} MB`)
    if (name === ownTarget()) await selfTest(built.path)
  }
}

async function selfTest(path: string): Promise<void> {
  const { exit_code, output, sealed } = await sealedRun(path, ['self-test'])
  console.log(output.trimEnd())
  if (!sealed) console.log('This machine permits no mount namespace: the tree was not hidden.')
  process.exitCode = exit_code
}
