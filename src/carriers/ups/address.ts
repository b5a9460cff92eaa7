/** Lets UPS say whether a street exists, and whether somebody lives there (US and Puerto Rico). */
import { bodyJson } from '../exchange.ts'
import { partyName, streetLines, type Address } from '../address.ts'
import type { Operation } from '../contract.ts'
import type { AddressAnswer, AddressRequest } from '../errands.ts'
import { at, listAt, present, textAt } from '../reading.ts'
import { upsErrors } from './answer.ts'

function candidate(found: unknown, asked: Address): Address {
  const format = at(found, 'AddressKeyFormat')
  const [address_line1, address_line2] = listAt(format, 'AddressLine').map(String)
  const zip = textAt(format, 'PostcodePrimaryLow')
  const extended = textAt(format, 'PostcodeExtendedLow')
  const classified = textAt(found, 'AddressClassification.Code')
  return present({
    ...asked,
    address_line1,
    address_line2,
    city: textAt(format, 'PoliticalDivision2'),
    state_code: textAt(format, 'PoliticalDivision1'),
    postal_code: zip && extended ? `${zip}-${extended}` : zip,
    country_code: textAt(format, 'CountryCode') ?? asked.country_code,
    residential: classified === undefined ? asked.residential : classified === '2',
  }) as Address
}

export const address: Operation<AddressRequest, AddressAnswer> = {
  request: ({ address: asked }) => ({
    method: 'POST',
    // 3: validate and classify.
    path: '/api/addressvalidation/v2/3',
    json: {
      XAVRequest: {
        AddressKeyFormat: present({
          ConsigneeName: partyName(asked) === '' ? undefined : partyName(asked),
          AddressLine: streetLines(asked),
          PoliticalDivision2: asked.city,
          PoliticalDivision1: asked.state_code,
          PostcodePrimaryLow: asked.postal_code?.split('-')[0],
          PostcodeExtendedLow: asked.postal_code?.split('-')[1],
          CountryCode: asked.country_code,
        }),
      },
    },
    effect: 'read',
  }),
  read: ([response], { address: asked }) => {
    if (!response) return { messages: [] }
    const messages = upsErrors(response)
    const answer = at(bodyJson(response), 'XAVResponse')
    if (answer === undefined || messages.length > 0) return { messages }
    const classified = textAt(answer, 'AddressClassification.Code')
    return {
      result: {
        valid: at(answer, 'ValidAddressIndicator') !== undefined,
        // 1 commercial, 2 residential, 0 unknown.
        ...((classified === '1' || classified === '2') && { residential: classified === '2' }),
        candidates: listAt(answer, 'Candidate').map((found) => candidate(found, asked)),
      },
      messages,
    }
  },
}
