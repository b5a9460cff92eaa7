/** Writes the page that says what each carrier can do and how it was proven. */
import type { Carrier, OperationName } from './contract.ts'
import { common_options } from './options.ts'
import { carriers } from './registry.ts'

const operation_names: Record<OperationName, string> = {
  rate: 'rates',
  ship: 'labels',
  return: 'return labels',
  void: 'void',
  track: 'tracking',
  lookup: 'look-up after a lost answer',
  address: 'address validation',
  pickup: 'pickup',
  pickup_cancel: 'pickup cancellation',
  document: 'paperless documents',
  manifest: 'manifest',
}

const able = ({ operations }: Carrier): OperationName[] =>
  (Object.keys(operation_names) as OperationName[]).filter((name) => operations[name])

const cell = (text: string): string => text.replaceAll('|', '\\|')
const table = (head: string[], rows: string[][]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => ' --- ').join('|')}|`,
  ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
]
const code = (text: string): string => `\`${text}\``

function settlement({ lookup }: Carrier): string {
  if (!lookup) return 'A lost answer cannot be looked up: ask in the portal of the carrier.'
  if (lookup.by === 'query') return 'A lost answer is looked up by our reference.'
  const hours = lookup.valid_for_ms / 3_600_000
  return `A lost answer is fetched again under the same purchase key, within ${hours} hours.`
}

function page(carrier: Carrier): string[] {
  const { services, packaging, options, deviations, credentials, config, proven } = carrier
  const lines = [
    `## ${carrier.name}`,
    '',
    `Id ${code(carrier.id)}. Can do: ${able(carrier)
      .map((name) => operation_names[name])
      .join(', ')}. Labels: ${carrier.label_types.join(', ')}. ${settlement(carrier)}`,
    '',
    ...table(
      ['proven by', 'on', 'what'],
      proven.map(({ how, on, note }) => [how, on, note]),
    ),
    '',
  ]
  const fields = [...credentials, ...config]
  if (fields.length > 0) {
    const rows = fields.map((field) => [
      code(field.name),
      field.secret ? 'secret' : '',
      field.help + (field.choices ? ` One of ${field.choices.map(code).join(', ')}.` : ''),
    ])
    lines.push('### Settings', '', ...table(['field', '', 'help'], rows), '')
  }
  if (services.length > 0) {
    const rows = services.map((service) => [
      code(service.id),
      service.carrier_code,
      service.name,
      (service.from?.length ?? 0) > 6 ? 'European Union' : (service.from?.join(', ') ?? 'anywhere'),
    ])
    lines.push('### Services', '', ...table(['id', 'code', 'name', 'from'], rows), '')
  }
  if (packaging.length > 0) {
    const rows = packaging.map((one) => [code(one.id), one.carrier_code, one.name])
    lines.push('### Packaging', '', ...table(['id', 'code', 'name'], rows), '')
  }
  if (options.length > 0) {
    const rows = options.map((one) => [code(one.id), one.type, one.help])
    lines.push('### Options', '', ...table(['id', 'type', 'what it does'], rows), '')
  }
  if (deviations.length > 0) {
    const rows = deviations.map((one) => [one.operation, code(one.path), one.why])
    const why = 'Where the outside recordings are wrong or less than the documents, we differ:'
    lines.push('### Deviations', '', why, '', ...table(['operation', 'field', 'why'], rows), '')
  }
  return lines
}

/** The whole page as Markdown; written to `docs/reference/carriers.md` and compared in CI. */
export function renderCarrierReference(): string {
  const overview = carriers.map((carrier) => [
    carrier.name,
    ...(Object.keys(operation_names) as OperationName[]).map((name) =>
      carrier.operations[name] ? 'yes' : '',
    ),
    carrier.proven.map(({ how }) => how).join(', '),
  ])
  return [
    '# Carriers',
    '',
    'Written by `bun run reference` from `src/carriers`: do not edit.',
    '',
    '“Proven” says how far a connector was tried:',
    'against outside recordings (vectors), against the simulator over HTTP, in the carrier’s',
    'sandbox, or live. What is not listed was not done.',
    '',
    ...table(['carrier', ...Object.values(operation_names), 'proven'], overview),
    '',
    '## Options of every carrier',
    '',
    ...table(
      ['id', 'type', 'what it does'],
      common_options.map((one) => [code(one.id), one.type, one.help]),
    ),
    '',
    ...carriers.flatMap(page),
  ].join('\n')
}
