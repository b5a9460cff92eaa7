/** Serves objects to whoever holds a signed link: label printers, people without an account. */
import type { Elysia } from 'elysia'
import type { SignedLinks } from '../objects/signed-links.ts'
import type { Door } from './door.ts'
import { describeFailure, requestId } from './failures.ts'
import { mount } from './rest.ts'

export function mountObjectLinks(app: Elysia, door: Door, links: SignedLinks): void {
  mount(app, 'GET', '/objects/:tenant/:collection/:sha256', async ({ request, set }) => {
    const request_id = requestId(request)
    set.headers['x-content-type-options'] = 'nosniff'
    try {
      const { tenant_id, key } = links.readSignedLink(request.url, door.data.clock.now())
      const { object, stream } = await door.services.objects(tenant_id).get(key)
      const name = encodeURIComponent(object.name)
      set.headers['content-type'] = object.content_type
      set.headers['content-disposition'] = `attachment; filename*=UTF-8''${name}`
      set.headers['cache-control'] = 'private, no-store'
      return stream
    } catch (error) {
      const problem = describeFailure(door.log, error, request_id)
      set.status = problem.status
      set.headers['content-type'] = 'application/problem+json'
      return JSON.stringify({ ...problem.toJSON(), request_id })
    }
  })
}
