// oxlint-disable-next-line typescript/triple-slash-reference -- whoever imports this package needs its types too
/// <reference path="./s3rver.d.ts" />
import { rm } from 'node:fs/promises'
import S3rver from '@20minutes/s3rver'
import { freshDataDir } from './server-process.ts'

/** An S3-compatible store with one bucket. */
export interface S3Server extends AsyncDisposable {
  /** As RESULTS_S3_URL takes it, key included. */
  readonly url: string
}

const bucket = 'results'
/** The one key that the store knows. */
const key = 'S3RVER'

export async function startS3Server(): Promise<S3Server> {
  const directory = await freshDataDir()
  const buckets = [{ name: bucket, configs: [] }]
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: buckets,
    // It reads the signature of a listing in another way than S3 does.
    allowMismatchedSignatures: true,
  })
  const { port } = await server.run()
  return {
    url: `http://${key}:${key}@127.0.0.1:${port}/${bucket}/recomamp`,
    async [Symbol.asyncDispose]() {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
