import { QueryTestFile } from '../model/query-test.ts'
import type { CatalogueError } from './catalogue-error.ts'
import { readJson } from './json-file.ts'

export type ReadQueryTests = { ok: true; file: QueryTestFile } | { ok: false; errors: CatalogueError[] }

/** Reads the text of a `<query>.tests.json`; what is wrong in it is named by line and field. */
export function readQueryTests(name: string, text: string): ReadQueryTests {
  const errors: CatalogueError[] = []
  const json = readJson(name, text, QueryTestFile, errors)
  return json === null ? { ok: false, errors } : { ok: true, file: json.value }
}
