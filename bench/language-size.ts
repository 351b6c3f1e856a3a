import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'rolldown'
import { atMost, type Figure, told } from './figure.ts'

const source = join(import.meta.dirname, '../packages/amc-sql/src')
const main = 'index.ts'

/** The entry points of the language that a browser loads beside the main one. */
const others: Readonly<Record<string, string>> = {
  declarations: 'bind/declarations.ts',
  hints: 'rules/hints.ts',
  editing: 'editing/index.ts',
  format: 'format/format.ts',
  conversion: 'bind/conversions.ts',
}

/** The language bundled for a browser, with all that an entry point exports. */
export async function languageSizes(): Promise<Figure[]> {
  const own = await bundledKilobytes([main])
  const figures = [atMost('P9', 'amc-sql, main entry point, JavaScript gzip', own, 60, ' kB')]
  for (const [name, file] of Object.entries(others)) {
    const added = (await bundledKilobytes([main, file])) - own
    figures.push(told('P9', `what amc-sql/${name} adds to it`, added, ' kB'))
  }
  return figures
}

async function bundledKilobytes(files: readonly string[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-size-'))
  try {
    const input = join(folder, 'all.ts')
    writeFileSync(
      input,
      files.map((file, at) => `export * as e${at} from ${JSON.stringify(join(source, file))}\n`).join(''),
    )
    const { output } = await build({
      input,
      platform: 'browser',
      write: false,
      logLevel: 'silent',
      output: { format: 'esm', minify: true, codeSplitting: false },
    })
    return gzipSync(output[0].code, { level: 9 }).length / 1000
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
