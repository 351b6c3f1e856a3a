import { join } from 'node:path'
import type { Config, Secrets } from '#config.ts'
import type { FileStore } from './file-store.ts'
import { openFolderStore } from './folder-store.ts'
import { readS3Place } from './s3-place.ts'
import { openS3Store } from './s3-store.ts'

/** The files of an installation: in its data folder, or with RESULTS_S3_URL in a bucket that its processes share. */
export interface Files {
  readonly results: FileStore
  readonly exports: FileStore
}

export function openFiles(config: Config, secrets: Pick<Secrets, 'resultsS3Url'>, now: () => Date): Files {
  const open = (part: keyof Files): FileStore => {
    const folder = join(config.dataDir, part)
    const place = secrets.resultsS3Url === null ? null : readS3Place(secrets.resultsS3Url)
    if (place === null || typeof place === 'string') return openFolderStore(folder)
    return openS3Store(place, { part, folder, limitBytes: config.resultsCacheBytes, now })
  }
  return { results: open('results'), exports: open('exports') }
}
