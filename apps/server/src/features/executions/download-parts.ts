import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type AmcClient, AmcError } from '@recomamp/amc-client'
import type { AmcExecutionId } from '@recomamp/amc-wire'
import type { ReachableInstance } from '#features/instances/index.ts'
import type { Part } from './results/convert-result.ts'
import { loneBackslashFinder } from './results/csv-dialect.ts'

/** How often links that have expired are asked for again within one try. */
const linkRenewals = 3

/** Streams every part of a result into files of a folder, in AMC's order; a part is whole or this throws. */
export async function downloadParts(
  amc: AmcClient,
  instance: ReachableInstance,
  amcExecutionId: AmcExecutionId,
  folder: string,
): Promise<Part[]> {
  const ask = async () =>
    distinctFiles((await amc.getDownloadUrls(instance.target, instance.amcInstanceId, amcExecutionId)).downloadUrls)
  let links = await ask()
  if (links.length === 0) throw new Error('AMC names no file for the result yet')
  const parts: Part[] = []
  for (let renewed = 0; parts.length < links.length;) {
    const link = links[parts.length] ?? ''
    try {
      parts.push(await downloadPart(amc, link, join(folder, `${parts.length}.csv`)))
    } catch (error) {
      // Links live ten minutes; a large part before this one may have taken longer.
      if (!(error instanceof AmcError) || error.kind !== 'forbidden' || renewed >= linkRenewals) throw error
      renewed += 1
      links = await ask()
    }
  }
  return parts
}

/** The links without those to a file that is there already: however often an answer names it, it holds its rows once. */
function distinctFiles(links: readonly string[]): string[] {
  const byFile = new Map<string, string>()
  for (const link of links) {
    const { origin, pathname } = new URL(link)
    if (!byFile.has(origin + pathname)) byFile.set(origin + pathname, link)
  }
  return [...byFile.values()]
}

async function downloadPart(amc: AmcClient, link: string, path: string): Promise<Part> {
  const { body, contentLength } = await amc.download(link)
  const backslashes = loneBackslashFinder()
  let length = 0
  await pipeline(
    body,
    async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        length += chunk.length
        backslashes.feed(chunk)
        yield chunk
      }
    },
    // Chunks come in 64 kB; so many wait that several are written at once.
    createWriteStream(path, { highWaterMark: 1_048_576 }),
  )
  if (contentLength !== null && contentLength !== length)
    throw new Error(`a part of the result has ${length} bytes in place of ${contentLength}`)
  return { path, loneBackslash: backslashes.found() }
}
