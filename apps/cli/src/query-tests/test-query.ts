import { catalogueErrorText, readQueryTests, TemplateDescription } from '@recomamp/amc-catalogue'
import { runQueryTest, type TestOutcome } from '@recomamp/amc-local'
import type { ParameterDeclaration, Schema } from '@recomamp/amc-sql'
import { customParametersOf } from '../parameters/custom-parameter.ts'
import { queryParameters } from '../parameters/query-parameters.ts'
import { readTextFile } from '../sources/read-text.ts'

export interface TestedFile {
  /** The query as the person named it. */
  name: string
  text: string
  results: { name: string; outcome: TestOutcome }[]
}

type TestedQueryFile = { ok: true; file: TestedFile } | { ok: false; faults: string[] }

/** Where the tests of a query stand: beside it, under its name. */
export function testsOf(file: string): string {
  return file.replace(/\.sql$/i, '.tests.json')
}

/** Runs the tests that stand beside a query; what cannot be read is said in sentences. */
export async function testQuery(name: string, path: string, schema: Schema): Promise<TestedQueryFile> {
  const query = await readTextFile(path)
  if (!query.ok) return { ok: false, faults: [`${name}: ${query.fault}`] }
  const written = await readTextFile(testsOf(path))
  if (!written.ok) return { ok: false, faults: [`${testsOf(name)}: ${written.fault}`] }
  const read = readQueryTests(testsOf(name), written.text)
  if (!read.ok) return { ok: false, faults: read.errors.map(catalogueErrorText) }
  const { parameters, tests } = read.file
  const declared = parameters ?? (await described(path))
  const results: TestedFile['results'] = []
  for (const test of tests) {
    const given = new Map(Object.entries(test.values ?? {}))
    const known = queryParameters(query.text, schema, { declared: declared ?? [], given })
    const outcome = await runQueryTest(
      { sql: query.text, declarations: known.declarations, customParameters: customParametersOf(known) },
      test,
      schema,
    )
    results.push({ name: test.name, outcome })
  }
  return { ok: true, file: { name, text: query.text, results } }
}

/** The parameters that the description of a template beside the query declares; null where there is none. */
async function described(path: string): Promise<ParameterDeclaration[] | null> {
  const read = await readTextFile(path.replace(/\.sql$/i, '.json'))
  if (!read.ok) return null
  const description = parsedJson(read.text)
  if (!(description instanceof Object) || !('parameters' in description)) return null
  return TemplateDescription.shape.parameters.safeParse(description.parameters).data ?? null
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
