/** Goes on working in another organization, without signing in again. */
import { notFound } from '../kit/problem.ts'
import type { DataFolder } from '../db/data-folder.ts'
import type { Visitor } from '../operations/principal.ts'
import { findOpenSession, moveSession } from './sessions.ts'

/** @throws Problem `not_found` for an organization the person does not belong to */
export async function switchOrganization(
  data: DataFolder,
  request: Request,
  visitor: Visitor,
  organization_id: string,
): Promise<void> {
  const member = visitor.organizations.some(({ id }) => id === organization_id)
  const session = await findOpenSession(data, request)
  if (!member || !session) throw notFound('organization', organization_id)
  await moveSession(data, session, organization_id)
}
