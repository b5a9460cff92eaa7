/** Listens to the demonstration's webhooks, as systems do in real life: most are well, some are not. */

export const hook_paths = {
  shop: '/hooks/web-shop',
  books: '/hooks/bookkeeping',
  wall: '/hooks/wall-display',
  gone: '/hooks/old-shop-system',
} as const

const answers = new Map<string, [status: number, words: string]>([
  [hook_paths.shop, [200, 'thank you\n']],
  [hook_paths.books, [200, 'taken down\n']],
  [hook_paths.wall, [503, 'The display is asleep.\n']],
  [hook_paths.gone, [410, 'This shop system was switched off.\n']],
])

/** @throws when somebody else listens at the port */
export function startReceiver(port: number): Bun.Server<undefined> {
  return Bun.serve({
    hostname: '127.0.0.1',
    port,
    fetch: ({ url }) => {
      const [status, words] = answers.get(new URL(url).pathname) ?? [404, 'nobody is here\n']
      return new Response(words, { status })
    },
  })
}
