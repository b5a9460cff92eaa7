/** Opens a connection to MinIO or any other S3. */
import type { Client } from 'minio'

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

export const s3Client = (settings: S3Settings): Client => {
  const endpoint = new URL(settings.endpoint)
  const secure = endpoint.protocol === 'https:'
  // Loaded when there is a bucket: most installations have none, and all of them have to start.
  const minio = require('minio') as typeof import('minio')
  return new minio.Client({
    endPoint: endpoint.hostname,
    port: endpoint.port ? Number(endpoint.port) : secure ? 443 : 80,
    useSSL: secure,
    accessKey: settings.access_key_id,
    secretKey: settings.secret_access_key,
    region: settings.region,
    pathStyle: true,
  })
}
