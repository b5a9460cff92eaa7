/** Says whether this process lives, and whether it can take work: for those who watch over it. */
import type { Elysia } from 'elysia'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import { mount, type Exchange } from './rest.ts'

const scope = systemScope('health')

/** `/up` answers while the process lives; `/readyz` only while it holds its folder and can write. */
export function mountHealth(app: Elysia, data: DataFolder): void {
  mount(app, 'GET', '/up', ({ set }) => say(set, 200, 'OK'))
  mount(app, 'GET', '/readyz', async ({ set }) => {
    const problem = await unreadiness(data)
    return problem ? say(set, 503, problem) : say(set, 200, 'ready')
  })
}

function say(set: Exchange['set'], status: number, text: string): string {
  set.status = status
  set.headers['content-type'] = 'text/plain; charset=utf-8'
  set.headers['cache-control'] = 'no-store'
  return text
}

/** A write that changes nothing takes the same way as every other: the queue, the lock, the sync. */
async function unreadiness(data: DataFolder): Promise<string | undefined> {
  if (!data.held) return 'this process does not hold the data folder'
  try {
    await data.platform.write(scope, () => null)
    return undefined
  } catch (error) {
    return `platform.db cannot be written: ${(error as Error).message}`
  }
}
