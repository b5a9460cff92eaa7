/** Everything a browser loads from us: embedded, named by its content, kept for ever by browsers. */
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Elysia } from 'elysia'
import reference_path from '#api-reference/standalone.js' with { type: 'file' }
import htmx_path from 'htmx.org/dist/htmx.min.js' with { type: 'file' }
import components_css from '../../views/assets/components.css' with { type: 'file' }
import forms_css from '../../views/assets/forms.css' with { type: 'file' }
import rooms_css from '../../views/assets/rooms.css' with { type: 'file' }
import tables_css from '../../views/assets/tables.css' with { type: 'file' }
import console_css from '../../views/assets/console.css' with { type: 'file' }
import console_js from '../../views/assets/console.js' with { type: 'file' }
import icon_svg from '../../views/assets/icon.svg' with { type: 'file' }
import { isCompressed } from '../kit/embedded.ts'
import { sha256Hex } from '../kit/secrets.ts'
import { mount, type Exchange } from './rest.ts'

/** Name in the address → where its bytes are. A file in `views/assets/` gets its line here. */
const files: Record<string, string> = {
  'api-reference.js': reference_path,
  'htmx.js': htmx_path,
  'components.css': components_css,
  'forms.css': forms_css,
  'rooms.css': rooms_css,
  'tables.css': tables_css,
  'console.css': console_css,
  'console.js': console_js,
  'icon.svg': icon_svg,
}

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

interface Asset {
  hash: string
  type: string
  /** As it was read: the executable carries it compressed, the source tree does not. */
  stored: Buffer
  is_compressed: boolean
  /** The other form, made when it is first asked for. */
  other: Promise<Buffer> | undefined
}

const loaded = new Map<string, Asset>()
const compress = promisify(gzip)
const expand = promisify(gunzip)

/** Reads an asset once; what nobody asks for stays on disk. */
function load(name: string): Asset | undefined {
  const known = loaded.get(name)
  const path = files[name]
  if (known || !path) return known
  const stored = readFileSync(path)
  const asset: Asset = {
    hash: sha256Hex(stored).slice(0, 16),
    type: types[extname(name)]!,
    stored,
    is_compressed: isCompressed(stored),
    other: undefined,
  }
  loaded.set(name, asset)
  return asset
}

export const asset_names: readonly string[] = Object.keys(files)

/** The address of an asset: changes when its content does. */
export function assetUrl(name: string): string {
  const asset = load(name)
  if (!asset) throw new Error(`There is no asset ${name}.`)
  return `/assets/${asset.hash}/${name}`
}

/** The style sheets of every document, in the order in which later ones refine earlier ones. */
export const stylesheets = (): string[] =>
  ['console.css', 'forms.css', 'tables.css', 'components.css', 'rooms.css'].map(assetUrl)

export function mountAssets(app: Elysia): void {
  mount(app, 'GET', '/assets/:hash/:name', (exchange) => serve(exchange))
}

async function serve({ request, params, set }: Exchange): Promise<Response | string> {
  const asset = load(params.name ?? '')
  if (!asset || asset.hash !== params.hash) {
    set.status = 404
    return 'There is no such asset.'
  }
  const compressed = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')
  const headers: Record<string, string> = {
    'content-type': asset.type,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
    ...(compressed && { 'content-encoding': 'gzip' }),
  }
  if (compressed === asset.is_compressed) return new Response(asset.stored, { headers })
  asset.other ??= compressed ? compress(asset.stored, { level: 9 }) : expand(asset.stored)
  return new Response(await asset.other, { headers })
}
