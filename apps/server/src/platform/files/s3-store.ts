import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { S3ServiceException } from '@aws-sdk/client-s3'
import { minutes, seconds } from '#platform/time.ts'
import { DiskFull, type FileStore, FilesAway, typedWriteError } from './file-store.ts'
import { namesIn, pagesIn } from './folder-store.ts'
import type { S3Place } from './s3-place.ts'

/**
 * Files in a bucket, with a folder of this machine in front of it that holds those used last, up to `limitBytes`. A file is in the bucket
 * before it is kept; what the folder lacks is fetched, once for all who ask, and appears there whole.
 */
export function openS3Store(
  place: S3Place,
  options: { part: string; folder: string; limitBytes: number; now: () => Date },
): FileStore {
  const { folder } = options
  const pathOf = (name: string) => join(folder, name)
  const keyOf = (name: string) => [place.prefix, options.part, name].filter((part) => part !== '').join('/')
  const fetching = new Map<string, Promise<boolean>>()
  const lastUse = new Map<string, number>()
  let opened: ReturnType<typeof connect> | null = null

  // The library is large: only who uses a bucket loads it.
  const bucket = () => (opened ??= connect(place))

  const away = (what: string, cause: unknown) => {
    const told = typedWriteError(cause)
    return told instanceof DiskFull ? told : new FilesAway(`The bucket ${place.bucket} did not ${what}`, { cause })
  }

  async function download(name: string): Promise<boolean> {
    const { client, sdk } = await bucket()
    const arriving = join(folder, '.arriving', randomUUID())
    try {
      await mkdir(join(folder, '.arriving'), { recursive: true, mode: 0o700 })
      const answer = await client.send(new sdk.GetObjectCommand({ Bucket: place.bucket, Key: keyOf(name) }))
      await pipeline(answer.Body as Readable, createWriteStream(arriving, { mode: 0o600 }))
      if ((await stat(arriving)).size !== answer.ContentLength) throw new Error(`${keyOf(name)} did not arrive whole`)
      await rename(arriving, pathOf(name))
      used(name)
    } catch (error) {
      if ((error as S3ServiceException).$metadata?.httpStatusCode === 404) return false
      throw away(`give ${keyOf(name)}`, error)
    } finally {
      await rm(arriving, { force: true })
    }
    await makeRoom(name)
    return true
  }

  function used(name: string): void {
    lastUse.set(name, options.now().getTime())
  }

  /** Takes away what has not been used for longest; a file that is open at that moment stays readable for who has it open. */
  async function makeRoom(kept: string): Promise<void> {
    const names = await namesIn(folder, '')
    const files = await Promise.all(
      names.map(async (name) => {
        const found = await stat(pathOf(name)).catch(() => null)
        return { name, bytes: found?.size ?? 0, at: lastUse.get(name) ?? found?.mtimeMs ?? 0 }
      }),
    )
    let total = files.reduce((sum, { bytes }) => sum + bytes, 0)
    for (const { name, bytes } of files.toSorted((a, b) => a.at - b.at)) {
      if (total <= options.limitBytes) return
      if (name === kept) continue
      await rm(pathOf(name), { force: true })
      lastUse.delete(name)
      total -= bytes
    }
  }

  async function dropCopy(name: string): Promise<void> {
    await rm(pathOf(name), { force: true })
    lastUse.delete(name)
  }

  async function* pages(prefix: string): AsyncGenerator<readonly string[]> {
    const { client, sdk } = await bucket()
    const listed = sdk.paginateListObjectsV2({ client }, { Bucket: place.bucket, Prefix: `${keyOf('')}/${prefix}` })
    for await (const { Contents = [] } of listed)
      yield Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key.slice(keyOf('').length + 1)]))
  }

  return {
    folder,
    pathOf,
    used,
    async fetch(name) {
      if (existsSync(pathOf(name))) return true
      const running = fetching.get(name) ?? download(name).finally(() => fetching.delete(name))
      fetching.set(name, running)
      return running
    },
    async keep(name, unfinished) {
      const { client } = await bucket()
      const { Upload } = await import('@aws-sdk/lib-storage')
      const params = { Bucket: place.bucket, Key: keyOf(name), Body: createReadStream(unfinished) }
      await new Upload({ client, params }).done().catch((error: unknown) => {
        throw away(`take ${params.Key}`, error)
      })
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await rename(unfinished, pathOf(name))
      used(name)
      await makeRoom(name)
    },
    async remove(name) {
      const { client, sdk } = await bucket()
      await client
        .send(new sdk.DeleteObjectCommand({ Bucket: place.bucket, Key: keyOf(name) }))
        .catch((error: unknown) => {
          throw away(`remove ${keyOf(name)}`, error)
        })
      await dropCopy(name)
    },
    async list(prefix) {
      const names: string[] = []
      for await (const page of pages(prefix)) names.push(...page)
      return names
    },
    pages: () => pages(''),
    copies: () => pagesIn(folder),
    dropCopy,
  }
}

async function connect(place: S3Place) {
  const sdk = await import('@aws-sdk/client-s3')
  const client = new sdk.S3Client({
    endpoint: place.endpoint,
    region: place.region,
    // Without a key the library looks where AWS puts them: the environment, or the role of the machine.
    ...(place.key === null ? {} : { credentials: { accessKeyId: place.key.id, secretAccessKey: place.key.secret } }),
    // Understood by every server that speaks S3.
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: { connectionTimeout: seconds(5), requestTimeout: minutes(1) },
  })
  return { client, sdk }
}
