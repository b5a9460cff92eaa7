/** Where a caller comes from, for sessions and the audit trail. */
import type { Caller } from '../operations/page.ts'

export const originOf = ({ ip, request, request_id }: Caller) => ({
  ip,
  request_id,
  user_agent: (request.headers.get('user-agent') ?? '').slice(0, 300),
})
