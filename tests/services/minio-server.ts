/** A real MinIO server in a scratch folder, on a port of its own. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { s3Client, type S3Settings } from '../../src/objects/s3-client.ts'

export interface MinioServer {
  target: S3Settings
  stop(): Promise<void>
}

/** A port that was free a moment ago. */
export function freePort(): number {
  const server = Bun.listen({ hostname: '127.0.0.1', port: 0, socket: { data() {} } })
  const { port } = server
  server.stop(true)
  return port
}

export async function startMinio(binary: string, folder: string): Promise<MinioServer> {
  const address = `127.0.0.1:${freePort()}`
  const target: S3Settings = {
    kind: 's3',
    endpoint: `http://${address}`,
    bucket: 'stowage-test',
    region: 'us-east-1',
    access_key_id: 'stowage-test',
    secret_access_key: 'stowage-test-secret$',
    prefix: 'copies',
  }
  // A folder in the server's own is a bucket.
  mkdirSync(join(folder, target.bucket), { recursive: true })
  const child = Bun.spawn(
    [binary, 'server', '--address', address, '--console-address', '127.0.0.1:0', folder],
    {
      env: {
        ...process.env,
        MINIO_ROOT_USER: target.access_key_id,
        MINIO_ROOT_PASSWORD: target.secret_access_key,
        MINIO_UPDATE: 'off',
      },
      stdout: 'ignore',
      stderr: 'ignore',
    },
  )
  const client = s3Client(target)
  for (let attempt = 0; ; attempt++) {
    try {
      await client.list({ maxKeys: 1 })
      break
    } catch (error) {
      if (attempt > 300 || child.exitCode !== null) throw error
      await Bun.sleep(50)
    }
  }
  return {
    target,
    async stop() {
      child.kill()
      await child.exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
