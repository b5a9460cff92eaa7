/** What carriers said, each with what to do about it. */
import type { Html } from '../../src/kit/html.ts'
import type { CarrierMessage } from '../../src/carriers/message.ts'

export const Messages = ({ messages }: { messages: CarrierMessage[] }): Html => (
  <>
    {messages.map(({ carrier_id, detail, remedy, severity, carrier_code, retryable }) => (
      <div class={severity === 'error' ? 'notice bad' : 'notice warn'} role="status">
        <strong>{carrier_id}</strong>: {detail}
        {carrier_code && <span class="small muted"> ({carrier_code})</span>}
        <div class="small">
          {remedy}
          {retryable && ' It can be tried again as it is.'}
        </div>
      </div>
    ))}
  </>
)
