import { randomUUID } from 'node:crypto'
import { open, realpath, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Replaces the text of a file as a whole or not at all: a reader never meets half a file. A link stays a link. */
export async function writeTextFile(path: string, text: string): Promise<void> {
  const target = await realpath(path)
  const { mode } = await stat(target)
  const temporary = join(dirname(target), `.${randomUUID()}.tmp`)
  try {
    const file = await open(temporary, 'wx')
    try {
      // The mode of open() is cut by the umask.
      await file.chmod(mode)
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
