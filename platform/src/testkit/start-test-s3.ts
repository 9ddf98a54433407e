import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import S3rver from 's3rver'

/** An S3 of a test's own. */
export interface TestS3 {
  /** What `openStorage` needs to know of it. */
  readonly settings: {
    readonly FLATRENDER_STORAGE: 's3'
    readonly FLATRENDER_S3_ENDPOINT: string
    readonly FLATRENDER_S3_BUCKET: string
    readonly FLATRENDER_S3_REGION: string
    readonly FLATRENDER_S3_KEY_ID: string
    readonly FLATRENDER_S3_SECRET: string
    readonly FLATRENDER_S3_PATH_STYLE: true
  }
  close(): Promise<void>
}

/** Starts a server that speaks S3, with one empty bucket and the only key pair that it knows. */
export async function startTestS3(): Promise<TestS3> {
  const directory = await mkdtemp(path.join(tmpdir(), 'flatrender-s3-'))
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: 'flatrender' }],
  })
  // It takes a range that ends with byte 0 for one without an end, but not if the number is text.
  const getObject = server.store.getObject.bind(server.store)
  server.store.getObject = (bucket, key, options) =>
    getObject(bucket, key, options?.end === 0 ? { ...options, end: '0' } : options)
  const { port } = await server.run()
  return {
    settings: {
      FLATRENDER_STORAGE: 's3',
      FLATRENDER_S3_ENDPOINT: `http://127.0.0.1:${port}`,
      FLATRENDER_S3_BUCKET: 'flatrender',
      FLATRENDER_S3_REGION: 'us-east-1',
      FLATRENDER_S3_KEY_ID: 'S3RVER',
      FLATRENDER_S3_SECRET: 'S3RVER',
      FLATRENDER_S3_PATH_STYLE: true,
    },
    async close() {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
