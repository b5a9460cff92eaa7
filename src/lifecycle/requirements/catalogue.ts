/** What is often required, in words that everybody understands. */

interface Known {
  title: string
  detail: string
  met_by: 'automatic' | 'operator' | 'tenant'
}

export const catalogue = {
  owner_came_in: {
    title: 'The owner has come in',
    detail: 'An owner sets a password by the link he was sent, and signs in.',
    met_by: 'automatic',
  },
  carrier_connected: {
    title: 'A carrier is connected',
    detail: 'Connect a carrier account under Shipping, Carriers.',
    met_by: 'automatic',
  },
  second_factor: {
    title: 'Every owner has a second factor',
    detail: 'Each owner switches on a second factor on the page of his account.',
    met_by: 'automatic',
  },
  terms_accepted: {
    title: 'The terms are accepted',
    detail: 'Read the terms of whoever runs this installation, and accept them.',
    met_by: 'tenant',
  },
  terms_signed: {
    title: 'The contract is signed',
    detail: 'Send the signed contract to whoever runs this installation.',
    met_by: 'operator',
  },
  documents_checked: {
    title: 'The documents of the business are checked',
    detail: 'Send the papers you were asked for to whoever runs this installation.',
    met_by: 'operator',
  },
} as const satisfies Record<string, Known>

export type KnownCode = keyof typeof catalogue

export const isKnown = (code: string): code is KnownCode => Object.hasOwn(catalogue, code)

export const catalogueEntries = () =>
  Object.entries(catalogue).map(([code, entry]) => ({ code, ...entry }))
