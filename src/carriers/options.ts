/** Options of a shipment: typed, self-describing, and refused when nobody knows them. */
import type { Carrier, OptionField } from './contract.ts'
import { message, type CarrierMessage } from './message.ts'
import type { OptionValue, Options } from './parcel.ts'

/** Options that mean the same at every carrier that supports them. */
export const common_options: readonly OptionField[] = [
  { id: 'shipment_date', type: 'date', help: 'The day the parcel is handed over.' },
  { id: 'signature_confirmation', type: 'boolean', default: false, help: 'Ask for a signature.' },
  { id: 'saturday_delivery', type: 'boolean', default: false, help: 'Deliver on Saturday.' },
  { id: 'email_notification_to', type: 'string', help: 'Who is told about the delivery.' },
  { id: 'instructions', type: 'string', help: 'A note for the driver.' },
  { id: 'insurance', type: 'money', help: 'Insured value in minor units of `currency`.' },
  { id: 'cash_on_delivery', type: 'money', help: 'Collected, in minor units of `currency`.' },
  { id: 'declared_value', type: 'money', help: 'Value in minor units of `currency`.' },
  { id: 'currency', type: 'string', help: 'ISO 4217, for the amounts among the options.' },
  { id: 'dangerous_good', type: 'boolean', default: false, help: 'Dangerous goods inside.' },
]

/** Every option a shipment with this carrier may have. */
export const optionFields = ({ supports, options }: Carrier): readonly OptionField[] => [
  ...common_options.filter(({ id }) => supports.options.includes(id)),
  ...options,
]

/** What is switched off is not asked for, and can be left undone by everyone. */
const isOff = (id: string, value: OptionValue): boolean =>
  value === false && common_options.some((field) => field.id === id)

const types: Record<OptionField['type'], (value: OptionValue) => boolean> = {
  boolean: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string' && value !== '',
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  money: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0,
  date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
}

/** One message for each option that is unknown or of the wrong type: "false" is not false. */
export function checkOptions(
  carrier: Carrier,
  options: Options | undefined,
  pointer: string,
): CarrierMessage[] {
  const fields = new Map(optionFields(carrier).map((field) => [field.id, field]))
  return Object.entries(options ?? {}).flatMap(([id, value]) => {
    const field = fields.get(id)
    if (isOff(id, value)) return []
    const at = { field: `${pointer}/${id}` }
    if (!field)
      return [message(carrier.id, 'unknown', `${carrier.name} has no option "${id}".`, at)]
    if (!types[field.type](value)) {
      const got = JSON.stringify(value)
      return [message(carrier.id, 'unknown', `${id} is a ${field.type}, not ${got}.`, at)]
    }
    if (field.choices && !field.choices.includes(String(value))) {
      const known = field.choices.join(', ')
      return [message(carrier.id, 'unknown', `${id} is one of ${known}.`, at)]
    }
    return []
  })
}

export const isOn = (options: Options | undefined, id: string): boolean => options?.[id] === true

export const textOption = (options: Options | undefined, id: string): string | undefined => {
  const value = options?.[id]
  return value === undefined || value === '' ? undefined : String(value)
}
