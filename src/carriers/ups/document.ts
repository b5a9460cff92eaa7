/** Uploads the customer's own customs papers, so that none has to be stuck on the parcel. */
import { bodyJson } from '../exchange.ts'
import type { Operation } from '../contract.ts'
import type { DocumentAnswer, DocumentRequest } from '../errands.ts'
import { at, textAt } from '../reading.ts'
import { upsErrors } from './answer.ts'
import { account } from './request.ts'

/** UserCreatedFormDocumentType (Paperless Documents API); `008` is any other document. */
const kinds: Record<string, string> = {
  authorization_form: '001',
  commercial_invoice: '002',
  certificate_of_origin: '003',
  export_accompanying_document: '004',
  export_license: '005',
  import_permit: '006',
  power_of_attorney: '009',
  packing_list: '010',
  sed_document: '011',
  letter_of_instruction: '012',
  declaration: '013',
}

export const document: Operation<DocumentRequest, DocumentAnswer> = {
  request: (input, { connection }) => ({
    method: 'POST',
    path: '/api/paperlessdocuments/v1/upload',
    headers: { ShipperNumber: account(connection) },
    json: {
      UploadRequest: {
        Request: { TransactionReference: { CustomerContext: 'document upload' } },
        ShipperNumber: account(connection),
        UserCreatedForm: input.documents.map(({ kind, file_name, format, data }) => ({
          UserCreatedFormFileName: file_name,
          UserCreatedFormFileFormat: format,
          UserCreatedFormDocumentType: kinds[kind] ?? '008',
          UserCreatedFormFile: data,
        })),
      },
    },
    effect: 'act',
  }),
  read: ([response], input) => {
    if (!response) return { messages: [] }
    const messages = upsErrors(response)
    const found = at(bodyJson(response), 'UploadResponse.FormsHistoryDocumentID')
    const ids = found === undefined ? [] : [at(found, 'DocumentID')].flat()
    const documents = ids.flatMap((_, index) => {
      const document_id = textAt({ ids: ids[index] }, 'ids')
      const file_name = input.documents[index]?.file_name ?? document_id
      return document_id === undefined || file_name === undefined
        ? []
        : [{ file_name, document_id }]
    })
    return { ...(documents.length > 0 && { result: { documents } }), messages }
  },
}
