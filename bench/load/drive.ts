/** Puts a load on a server, from a process of its own. */
import { join } from 'node:path'
import type { Load, Plan } from './client.ts'

/** @throws Error when any answer was not of the status that is expected */
export async function drive(plan: Plan, expected: number): Promise<Load> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'client.ts')], {
    stdin: new Blob([JSON.stringify(plan)]),
    stdout: 'pipe',
    stderr: 'inherit',
  })
  const said = await new Response(child.stdout).text()
  if ((await child.exited) !== 0) throw new Error('the load ended badly')
  const load = JSON.parse(said) as Load
  const statuses = Object.keys(load.statuses)
  if (statuses.join() !== String(expected)) {
    throw new Error(`${plan.requests[0]}\n answered ${JSON.stringify(load.statuses)}`)
  }
  return load
}

export interface Asked {
  method: 'GET' | 'POST'
  path: string
  token?: string
  body?: unknown
}

/** A whole request as it goes over the wire; a POST gets a fresh Idempotency-Key each time. */
export function requestText({ method, path, token, body }: Asked): string {
  const content = body === undefined ? '' : JSON.stringify(body)
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1']
  if (token) lines.push(`Authorization: Bearer ${token}`)
  if (method === 'POST') lines.push('Idempotency-Key: {{key}}')
  if (content) lines.push('Content-Type: application/json')
  if (method === 'POST') lines.push(`Content-Length: ${Buffer.byteLength(content)}`)
  return `${lines.join('\r\n')}\r\n\r\n${content}`
}
