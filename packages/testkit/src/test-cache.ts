import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

const cache = join(import.meta.dirname, '../../../node_modules/.cache/recomamp')

/** A folder for what tests make once and then only read. */
export async function testCache(name: string): Promise<string> {
  const folder = join(cache, name)
  await mkdir(folder, { recursive: true })
  return folder
}
