/** The few forms that the reference pages are made of. */

export const code = (words: string): string => `\`${words}\``

/** A cell stays in its row whatever is written in it. */
const cell = (words: string): string => words.replaceAll('|', '\\|').replaceAll('\n', ' ')

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`

export const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] => [row(head), `|${head.map(() => ' --- ').join('|')}|`, ...rows.map(row)]

export const fenced = (words: string): readonly string[] => ['```', words, '```']

/** @param source the place in the code that the page is written from */
export const document = (
  title: string,
  source: string,
  ...parts: readonly (string | readonly string[])[]
): string => {
  const head = [`# ${title}`, '', `Written by \`bun run reference\` from ${source}: do not edit.`]
  const body = parts.flatMap((part) => ['', ...(typeof part === 'string' ? [part] : part)])
  return `${[...head, ...body].join('\n')}\n`
}
