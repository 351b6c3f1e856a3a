import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { CustomParameter, ParameterDeclaration, ParameterType, ParameterValue } from '../src/index.ts'

/**
 * One query of the corpus. The comment lines at its head are its description and these directives:
 *
 *     -- use case: 7                              the analysis that it is an example of
 *     -- warns: AMC022, AMC026                    warnings that a valid query has
 *     -- expect: AMC009 5:6-19 dsp_impressions    an error of a broken query, or a warning or a hint that belongs to its fault:
 *                                                 its code, its place, words of the message or the help
 *     -- declare: asins STRING[] = ["B01"]        a {{name}} and its value; STRING[] takes a list
 *     -- custom: start DATE = "2026-10-05"        a parameter of the workflow, read by CUSTOM_PARAMETER
 *     -- rows: none                               that it runs is enough, whatever comes out
 *     -- audience: forced                        it counts as an audience query whatever its tables are
 *
 * Places are lines and columns of the file, from 1, the end inclusive; `5:6` alone is the gap before that column.
 */
export interface CorpusQuery {
  /** Path below the folder of the corpus. */
  file: string
  /** The folder below `valid`, or 'broken'. */
  category: string
  text: string
  useCases: number[]
  warns: string[]
  expected: ExpectedFinding[]
  declarations: ParameterDeclaration[]
  values: Record<string, ParameterValue>
  customParameters: CustomParameter[]
  withoutRows: boolean
  /** Reads the twins, or is told to be for an audience. */
  audience: boolean
  forcedAudience: boolean
}

export interface ExpectedFinding {
  code: string
  /** `5:6-19`, `5:6-7:2` or `5:6`. */
  place: string
  words: string
}

const root = import.meta.dirname

export function readCorpus(kind: 'valid' | 'broken'): CorpusQuery[] {
  return globSync(`${kind}/**/*.sql`, { cwd: root })
    .toSorted()
    .map((file) => readQuery(file, readFileSync(join(root, file), 'utf8')))
}

function readQuery(file: string, text: string): CorpusQuery {
  const query: CorpusQuery = {
    file,
    category: basename(dirname(file)),
    text,
    useCases: [],
    warns: [],
    expected: [],
    declarations: [],
    values: {},
    customParameters: [],
    withoutRows: false,
    audience: basename(dirname(file)) === 'audiences',
    forcedAudience: false,
  }
  const head = /^(?:--.*\n)*/.exec(text)?.[0] ?? ''
  for (const [, name = '', value = ''] of head.matchAll(
    /^-- (use case|warns|expect|declare|custom|rows|audience): (.*)$/gm,
  ))
    readDirective(query, name, value)
  return query
}

function readDirective(query: CorpusQuery, name: string, value: string): void {
  switch (name) {
    case 'use case':
      query.useCases.push(...value.split(',').map(Number))
      break
    case 'warns':
      query.warns.push(...value.split(',').map((code) => code.trim()))
      break
    case 'rows':
      query.withoutRows = value === 'none'
      break
    case 'audience':
      query.forcedAudience = true
      break
    case 'expect': {
      const [code = '', place = '', ...words] = value.split(' ')
      query.expected.push({ code, place, words: words.join(' ') })
      break
    }
    default:
      readParameter(query, name, value)
  }
}

function readParameter(query: CorpusQuery, directive: string, line: string): void {
  const [, name = '', type = '', list = '', json] = /^(\w+) (\w+)(\[\])?(?: = (.*))?$/.exec(line) ?? []
  const value: ParameterValue | undefined = json === undefined ? undefined : JSON.parse(json)
  if (directive === 'custom') {
    const dataType = list === '' ? type : ({ type: 'ARRAY', elementDataType: type } as const)
    query.customParameters.push({ name, dataType, ...(value !== undefined && { defaultValue: value }) })
    return
  }
  const whenEmpty = Array.isArray(value) && value.length === 0 ? 'all' : 'error'
  query.declarations.push({ name, type: type as ParameterType, list: list !== '', whenEmpty })
  if (value !== undefined) query.values[name] = value
}
