/** Opens a connection to MinIO or any other S3. */
import { S3Client, type S3ListObjectsResponse } from 'bun'

export interface S3Settings {
  kind: 's3'
  /** With its scheme: `https://s3.eu-central-1.amazonaws.com`. */
  endpoint: string
  bucket: string
  region: string
  access_key_id: string
  secret_access_key: string
  /** Folder inside the bucket, without slashes at its ends; may be empty. */
  prefix: string
}

export const s3Client = (settings: S3Settings): S3Client =>
  new S3Client({
    endpoint: settings.endpoint,
    bucket: settings.bucket,
    region: settings.region,
    accessKeyId: settings.access_key_id,
    secretAccessKey: settings.secret_access_key,
  })

/** All pages of what is below a prefix; with `delimiter` what lies deeper is named once. */
export async function* listAll(
  client: S3Client,
  prefix: string,
  delimiter?: '/',
): AsyncGenerator<S3ListObjectsResponse> {
  let token: string | undefined
  do {
    const page: S3ListObjectsResponse = await client.list({
      prefix,
      ...(delimiter && { delimiter }),
      ...(token && { continuationToken: token }),
    })
    yield page
    token = page.nextContinuationToken
  } while (token)
}

/** True when an error says that there is no such object. */
export const isMissing = (error: unknown): boolean =>
  ['NotFound', 'NoSuchKey'].includes((error as { code?: string }).code ?? '')
