/** What can be done with suppliers and customers. */
import { reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { archiveParty, changeParty, restoreParty } from './change.ts'
import { createParty } from './create.ts'
import { getParty, listParties } from './read.ts'
import { NewParty, Party, PartyChange, PartyFilter } from './schema.ts'

const one = { level: 'organization', params: IdParam('pty'), reply: Party } as const
const change = { ...one, permission: 'parties.write', subject: getParty } as const

export const partiesList = reading(
  {
    id: 'parties.list',
    route: 'GET /v1/parties',
    level: 'organization',
    permission: 'parties.read',
    summary: 'List suppliers and customers',
    query: PartyFilter,
    reply: PageOf(Party),
  },
  listParties,
)

export const partiesGet = reading(
  {
    ...one,
    id: 'parties.get',
    route: 'GET /v1/parties/:id',
    permission: 'parties.read',
    summary: 'Get a supplier or customer',
  },
  getParty,
)

export const partiesCreate = writing(
  {
    id: 'parties.create',
    route: 'POST /v1/parties',
    level: 'organization',
    permission: 'parties.write',
    summary: 'Add a supplier or customer',
    body: NewParty,
    reply: Party,
    status: 201,
    problems: ['duplicate_party'],
    example: { body: { name: 'Kiln & Co', kinds: ['supplier'], code: 'KILN' } },
  },
  createParty,
)

export const partiesUpdate = writing(
  {
    ...change,
    id: 'parties.update',
    route: 'PATCH /v1/parties/:id',
    summary: 'Change a supplier or customer',
    body: PartyChange,
    match: 'required',
    example: { body: { phone_number: '+49 40 1234' } },
  },
  changeParty,
)

export const partiesArchive = writing(
  {
    ...change,
    id: 'parties.archive',
    route: 'POST /v1/parties/:id/archive',
    summary: 'Archive a supplier or customer',
    match: 'optional',
  },
  archiveParty,
)

export const partiesRestore = writing(
  {
    ...change,
    id: 'parties.restore',
    route: 'POST /v1/parties/:id/restore',
    summary: 'Bring an archived supplier or customer back',
    match: 'optional',
  },
  restoreParty,
)

export const api = [
  partiesList,
  partiesGet,
  partiesCreate,
  partiesUpdate,
  partiesArchive,
  partiesRestore,
]
