/** What can be done with archives: by the business itself, and by the operator for it. */
import { Type } from '@sinclair/typebox'
import { reading, writing } from '../operations/operation.ts'
import { FileReply, Id, PageOf } from '../operations/shapes.ts'
import { askForArchive, cancelArchive, removeArchive } from './change.ts'
import { getArchive, getArchiveFile, listArchives } from './read.ts'
import { Archive, ArchiveFilter } from './schema.ts'

const ArchiveParam = Type.Object({ archive_id: Id('job') })
const BothParams = Type.Object({ id: Id('ten'), archive_id: Id('job') })

const own = { level: 'tenant', params: ArchiveParam } as const
const theirs = {
  level: 'platform',
  inside: 'tenant',
  params: BothParams,
  permission: 'tenants.export',
} as const

export const archivesList = reading(
  {
    id: 'archives.list',
    route: 'GET /v1/archives',
    level: 'tenant',
    permission: 'exports.read',
    summary: 'List archives of the whole business',
    description: 'Ask for one with `POST /v1/jobs/business_archive`.',
    query: ArchiveFilter,
    reply: PageOf(Archive),
  },
  listArchives,
)

export const archivesGet = reading(
  {
    ...own,
    id: 'archives.get',
    route: 'GET /v1/archives/:archive_id',
    permission: 'exports.read',
    summary: 'Get an archive: how far it is, and what it holds',
    reply: Archive,
  },
  getArchive,
)

export const archivesDownload = reading(
  {
    ...own,
    id: 'archives.download',
    route: 'GET /v1/archives/:archive_id/file',
    permission: 'exports.make',
    summary: 'Download an archive',
    reply: FileReply,
  },
  getArchiveFile,
)

export const archivesCancel = writing(
  {
    ...own,
    id: 'archives.cancel',
    route: 'POST /v1/archives/:archive_id/cancel',
    permission: 'exports.make',
    summary: 'Stop an archive that is being made',
    reply: Archive,
    subject: getArchive,
    match: 'optional',
    while_read_only: true,
    problems: ['job_finished'],
  },
  cancelArchive,
)

export const archivesRemove = writing(
  {
    ...own,
    id: 'archives.remove',
    route: 'DELETE /v1/archives/:archive_id',
    permission: 'exports.make',
    summary: 'Take the file of an archive away before its 30 days are over',
    reply: Archive,
    subject: getArchive,
    match: 'optional',
    while_read_only: true,
  },
  removeArchive,
)

export const tenantArchivesList = reading(
  {
    ...theirs,
    id: 'tenant_archives.list',
    route: 'GET /v1/platform/tenants/:id/archives',
    params: Type.Object({ id: Id('ten') }),
    summary: 'List the archives of a tenant',
    query: ArchiveFilter,
    reply: PageOf(Archive),
  },
  listArchives,
)

export const tenantArchivesCreate = writing(
  {
    ...theirs,
    id: 'tenant_archives.create',
    route: 'POST /v1/platform/tenants/:id/archives',
    params: Type.Object({ id: Id('ten') }),
    summary: 'Make an archive of a tenant; its owners see that it was made',
    reply: Archive,
    status: 202,
    step_up: true,
  },
  askForArchive,
)

export const tenantArchivesGet = reading(
  {
    ...theirs,
    id: 'tenant_archives.get',
    route: 'GET /v1/platform/tenants/:id/archives/:archive_id',
    summary: 'Get an archive of a tenant',
    reply: Archive,
  },
  getArchive,
)

export const tenantArchivesDownload = reading(
  {
    ...theirs,
    id: 'tenant_archives.download',
    route: 'GET /v1/platform/tenants/:id/archives/:archive_id/file',
    summary: 'Download an archive of a tenant',
    reply: FileReply,
  },
  getArchiveFile,
)

export const api = [
  archivesList,
  archivesGet,
  archivesDownload,
  archivesCancel,
  archivesRemove,
  tenantArchivesList,
  tenantArchivesCreate,
  tenantArchivesGet,
  tenantArchivesDownload,
]
