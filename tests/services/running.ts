/** A server started from the compiled executable, in a folder of its own. */
export interface Running {
  url: string
  process: Bun.Subprocess<'ignore', 'pipe', 'pipe'>
  /** Everything it has said so far. */
  said(): string
  /** Resolves when it answers. */
  ready(): Promise<void>
}

/** Patience for a machine that is busy with other things. */
const patience_ms = 60_000

export function startServer(
  executable: string,
  data: string,
  port: number,
  args: string[] = [],
  cwd = data,
): Running {
  const { BUN_OPTIONS: _, ...environment } = process.env
  const child = Bun.spawn(
    [executable, 'serve', '--data', data, '--port', String(port), '--replica', 'off', ...args],
    { cwd, env: environment, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' },
  )
  let said = ''
  const listen = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder()
    for await (const chunk of stream) said += decoder.decode(chunk, { stream: true })
  }
  void listen(child.stdout)
  void listen(child.stderr)
  const url = `http://127.0.0.1:${port}`
  const ready = async () => {
    const give_up_at = performance.now() + patience_ms
    while (!(await answers(url))) {
      if (child.exitCode !== null || performance.now() > give_up_at) {
        throw new Error(`the server does not answer (exit ${child.exitCode}): ${said}`)
      }
      await Bun.sleep(5)
    }
  }
  return { url, process: child, said: () => said, ready }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/up`)).ok
  } catch {
    // Nobody listens there yet.
    return false
  }
}

/** Waits for words in what a server says. */
export async function untilSaid(server: Running, words: string): Promise<void> {
  const give_up_at = performance.now() + patience_ms
  while (!server.said().includes(words)) {
    if (performance.now() > give_up_at) throw new Error(`"${words}" was not said: ${server.said()}`)
    await Bun.sleep(20)
  }
}
