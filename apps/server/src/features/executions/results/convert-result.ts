import { createReadStream, createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { AmcOutputColumn } from '@recomamp/amc-wire'
import { readHeader, withEscapedBackslashes } from './csv-dialect.ts'
import { type DuckDbSession, identifier, literal } from './duckdb-session.ts'
import { duckDbType, type Reading, readings } from './duckdb-types.ts'
import { layoutOf, type LayoutColumn, type PrivacyColumns, ResultLayout, rowNumberField } from './result-layout.ts'

/** One downloaded file of a result. */
export interface Part {
  path: string
  /** It holds a backslash that stands for itself. */
  loneBackslash: boolean
}

/** The parts cannot be read as AMC's CSV at all. */
export class UnreadableResult extends Error {
  override readonly name = 'UnreadableResult'
}

/** Rows per group of the file: a page touches one group, and a group of 20 columns is converted in a few megabytes.
 *  Not compressed beyond dictionaries: a sorted page takes its rows from all over the file, which is read twice as fast so,
 *  for half as much disk again. */
const rowGroup = 20_480

/** Writes the parts of a result, in their order, as one Parquet file with the declared types and numbered rows. */
export async function convertResult(
  duck: DuckDbSession,
  parts: readonly Part[],
  declared: readonly AmcOutputColumn[],
  privacy: PrivacyColumns,
  target: string,
): Promise<ResultLayout> {
  const files = await prepared(parts)
  const header = files[0]?.header
  if (header === undefined) throw new UnreadableResult('the result has no file with a header line')
  const columns = layoutOf(header, declared, privacy)
  let refusal: unknown
  for (const reading of readings) {
    const layout = await storedAs(duck, files, columns, reading)
    try {
      await duck.run(`copy (
        select row_number() over () - 1 as ${identifier(rowNumberField)}, * from (${readSql(files, layout, reading)})
      ) to ${literal(target)} (format parquet, compression uncompressed, row_group_size ${rowGroup})`)
      return ResultLayout.parse(layout)
    } catch (error) {
      if (!isAboutValues(error)) throw error
      refusal = error
    }
  }
  throw new UnreadableResult('the result is no CSV with one header and rows of equal length', { cause: refusal })
}

interface PreparedPart {
  path: string
  header: readonly string[]
  /** Whether the file begins with the header line; a further part without one holds only rows. */
  hasHeader: boolean
}

async function prepared(parts: readonly Part[]): Promise<PreparedPart[]> {
  const files: PreparedPart[] = []
  for (const part of parts) {
    if (part.loneBackslash) await escapeBackslashes(part.path)
    const first = await readHeader(part.path)
    if (first === null) continue
    const header = files[0]?.header ?? first
    files.push({ path: part.path, header, hasHeader: files.length === 0 || first.join('\n') === header.join('\n') })
  }
  return files
}

async function escapeBackslashes(path: string): Promise<void> {
  const repaired = `${path}.escaped`
  await pipeline(createReadStream(path), withEscapedBackslashes, createWriteStream(repaired))
  await rename(repaired, path)
}

/** Rows whose decimals are measured at first. Measuring all of them reads the file twice. */
const sampledRows = 20_000

/** A column with DuckDB's type for it. */
interface MeasuredColumn extends LayoutColumn {
  /** Digits behind the point in the rows that were measured, where not all were: a further row with more of them must not be rounded. */
  scaleSeen?: number
}

async function storedAs(
  duck: DuckDbSession,
  files: readonly PreparedPart[],
  columns: readonly Omit<LayoutColumn, 'stored'>[],
  reading: Reading,
): Promise<MeasuredColumn[]> {
  const layout: MeasuredColumn[] = columns.map((column) => ({
    ...column,
    stored: duckDbType(column.dataType, reading.types),
  }))
  // AMC's published answers name no scale for DECIMAL: then the values decide, so that no digit is rounded away.
  const unmeasured = layout.filter((column) => column.dataType === 'DECIMAL' && reading.types !== 'text')
  if (unmeasured.length === 0) return layout
  const isSample = reading.types === 'narrow'
  const measures = unmeasured.flatMap(({ field }) => {
    const name = identifier(field)
    return [
      `coalesce(max(strlen(ltrim(split_part(${name}, '.', 1), '+-0'))), 0)`,
      `coalesce(max(strlen(split_part(${name}, '.', 2))), 0)`,
      `coalesce(bool_or(not regexp_full_match(${name}, '[+-]?\\d*\\.?\\d*')), false)`,
    ]
  })
  const asText = layout.map((column): MeasuredColumn => ({ ...column, stored: 'VARCHAR' }))
  const [found = []] = await duck.rows(
    `select ${measures.map((measure) => `cast(${measure} as varchar)`).join(', ')}
     from (${readSql(files, asText, reading)}${isSample ? ` limit ${sampledRows}` : ''})`,
  )
  unmeasured.forEach((column, index) => {
    const [whole, scale, odd] = found.slice(index * 3, index * 3 + 3)
    const precision = Math.max(isSample ? 18 : 1, Number(whole) + Number(scale))
    column.stored = odd === 'true' ? 'VARCHAR' : duckDbType(`DECIMAL(${precision},${Number(scale)})`, 'declared')
    if (isSample && column.stored !== 'VARCHAR') column.scaleSeen = Number(scale)
  })
  return layout
}

/** Options are all given, because sniffing types from the first rows is what loses the digits of long ids (F-24). */
function readSql(files: readonly PreparedPart[], layout: readonly MeasuredColumn[], reading: Reading): string {
  const columns = layout
    .map(
      ({ field, stored, scaleSeen }) => `${literal(field)}: ${literal(scaleSeen === undefined ? stored : 'VARCHAR')}`,
    )
    .join(', ')
  const checked = layout.flatMap(({ field, stored, scaleSeen }) =>
    scaleSeen === undefined ? [] : [`${unrounded(identifier(field), stored, scaleSeen)} as ${identifier(field)}`],
  )
  const shown = checked.length === 0 ? '*' : `* replace (${checked.join(', ')})`
  const nulls = reading.quotedEmpty === 'null'
  // A COLLECTed array may be longer than the two megabytes that a line may have by default.
  // DuckDB holds several buffers of 32 MB if nothing is said.
  const room = reading.types === 'text' ? 'max_line_size = 32000000, buffer_size = 32000000' : 'buffer_size = 8000000'
  return files
    .map(
      ({ path, hasHeader }) =>
        `select ${shown} from read_csv(${literal(path)}, columns = {${columns}}, header = ${hasHeader}, auto_detect = false,
          delim = ',', quote = '"', escape = '\\', allow_quoted_nulls = ${nulls}, ${room})`,
    )
    .join(' union all ')
}

/** The SQL of a text as a decimal; fails on a value of which the type would drop digits. */
function unrounded(text: string, type: string, scale: number): string {
  const behindPoint = `instr(${text}, '.') > 0 and strlen(${text}) - instr(${text}, '.') > ${scale}`
  const exponent = `instr(${text}, 'e') > 0 or instr(${text}, 'E') > 0`
  return `if((${behindPoint}) or ${exponent}, error('more digits than the rows before'), cast(${text} as ${type}))`
}

function isAboutValues(error: unknown): boolean {
  return error instanceof Error && /^(Invalid Input|Conversion|Out of Range) Error/.test(error.message)
}
