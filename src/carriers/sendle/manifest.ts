/** Puts a day's Sendle orders on one sheet that the driver scans (US domestic). */
import { bodyBase64, bodyJson, succeeded, type HttpCall, type HttpResponse } from '../exchange.ts'
import type { Operation } from '../contract.ts'
import type { Manifest, ManifestRequest } from '../errands.ts'
import { textAt } from '../reading.ts'
import { sendleErrors } from './errors.ts'

const entries = (response: HttpResponse | undefined): unknown[] => {
  const answer = response && bodyJson(response)
  return Array.isArray(answer) ? answer : []
}
const idsOf = (response: HttpResponse | undefined): string[] =>
  entries(response).flatMap((entry) => textAt(entry, 'id') ?? [])

/** Only sheets that are ready can be fetched; the others keep their id. */
const ready = (response: HttpResponse | undefined): string[] =>
  entries(response)
    .filter((entry) => textAt(entry, 'state') === 'available')
    .flatMap((entry) => textAt(entry, 'id') ?? [])

const download = (id: string): HttpCall => ({
  method: 'GET',
  path: `/api/manifests/${encodeURIComponent(id)}/download`,
  headers: { accept: 'application/pdf' },
  effect: 'read',
})

export const manifest: Operation<ManifestRequest, Manifest> = {
  request: [
    (input) => ({
      method: 'POST',
      path: '/api/manifests',
      json: { order_ids: input.shipment_identifiers.flatMap((ids) => ids.split(',')) },
      effect: 'act',
    }),
    (_, { earlier }) => ready(earlier[0]).map(download),
  ],
  read: ([created, ...sheets]) => {
    const messages = created ? sendleErrors(created) : []
    const manifest_ids = idsOf(created)
    if (messages.length > 0 || manifest_ids.length === 0) return { messages }
    const documents = sheets
      .filter(succeeded)
      .map((sheet) => ({ format: 'PDF', data: bodyBase64(sheet) }))
    return { result: { manifest_ids, documents }, messages }
  },
}
