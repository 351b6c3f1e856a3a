import { resolve } from 'node:path'
import { format as formatText } from '@recomamp/amc-sql/format'
import { UsageError } from '../command-line/command-failed.ts'
import { leaf } from '../command-line/dispatch.ts'
import { parseOptions } from '../command-line/options.ts'
import type { Session } from '../command-line/session.ts'
import { counted } from '../command-line/text.ts'
import { codeOf, findFiles, nameOf, standardInput } from '../sources/find-files.ts'
import { readSource } from '../sources/read-source.ts'
import { byteOrderMark } from '../sources/read-text.ts'
import { writeTextFile } from '../sources/write-text.ts'

const help = `recomamp sql format [FILE|FOLDER|-]…

Lays queries out: white space and the case of keywords and functions change, nothing else. Prints the new text; a folder stands for every
.sql file below it, - or nothing for standard input.

  --write       write the files where they change, and name them
  --check       change nothing; name the files that would change
  --width N     columns that a line should not exceed (100)

Exit code: 0, 1 when --check finds a file that would change, 2 for wrong usage or a file that cannot be read or written.
`

export const format = leaf(help, async (args, session) => {
  const { values, positionals } = parseOptions(args, {
    write: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    width: { type: 'string', default: '100' },
  })
  if (values.write && values.check) throw new UsageError('--write and --check exclude each other')
  if (!/^[1-9]\d{0,3}$/.test(values.width)) throw new UsageError('--width must be a whole number from 1 to 9999')
  const { files, faults } = await findFiles(positionals, session)
  let changes = 0
  for (const file of files) {
    const read = await readSource(file, session)
    if (!read.ok) {
      faults.push(`${nameOf(file)}: ${read.fault}`)
      continue
    }
    const text = formatText(read.text, { width: Number(values.width) })
    const isChanged = text !== read.text
    if (isChanged) changes += 1
    if (values.check) await session.stdout.write(isChanged ? `${nameOf(file)}\n` : '')
    else if (!values.write || file === standardInput) await session.stdout.write(text)
    else if (isChanged) await write(file, read.hasMark ? byteOrderMark + text : text, session, faults)
  }
  if (values.check && faults.length === 0) await session.stderr.write(`${verdict(changes, files.length)}\n`)
  await session.stderr.write(faults.map((fault) => `${fault}\n`).join(''))
  if (faults.length > 0) return 2
  return values.check && changes > 0 ? 1 : 0
})

async function write(file: string, text: string, session: Session, faults: string[]): Promise<void> {
  try {
    await writeTextFile(resolve(session.cwd, file), text)
    await session.stdout.write(`${file}\n`)
  } catch (error) {
    faults.push(`${file}: the file cannot be written (${codeOf(error)})`)
  }
}

function verdict(changes: number, files: number): string {
  return changes === 0
    ? `${counted(files, 'file')} as they should be`
    : `${changes} of ${counted(files, 'file')} would change; recomamp sql format --write lays them out`
}
