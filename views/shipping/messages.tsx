/** What carriers said, each with what to do about it. */
import type { Html } from '../../src/kit/html.ts'
import type { CarrierMessage } from '../../src/carriers/message.ts'

interface Props {
  messages: CarrierMessage[]
  /** Id → what people call the carrier. */
  carriers: ReadonlyMap<string, string>
}

/** Two accounts with one carrier say the same: it is shown once. */
const once = (messages: CarrierMessage[]): CarrierMessage[] => [
  ...new Map(messages.map((each) => [`${each.carrier_id} ${each.detail}`, each])).values(),
]

export const Messages = ({ messages, carriers }: Props): Html => (
  <>
    {once(messages).map(({ carrier_id, detail, remedy, severity, carrier_code, retryable }) => (
      <div class={severity === 'error' ? 'notice bad' : 'notice warn'} role="status">
        <strong>{carriers.get(carrier_id) ?? carrier_id}</strong>: {detail}
        {carrier_code && <span class="small muted"> ({carrier_code})</span>}
        <div class="small">
          {remedy}
          {retryable && ' It can be tried again as it is.'}
        </div>
      </div>
    ))}
  </>
)
