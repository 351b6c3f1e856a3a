import { z } from 'zod'

/** One file `examples/<source>/<slug>.sql`, which begins with the comments `-- title: …` and `-- answers: …`. */
export const ExampleQuery = z.strictObject({
  /** The data source that it is an example for. */
  source: z.string().min(1),
  slug: z.string().regex(/^[a-z0-9-]+$/, 'must be lower-case letters, digits and hyphens'),
  title: z.string().min(1),
  /** The question that the result answers. */
  answers: z.string().min(1),
  /** The query as it runs, without the two comments of its head. */
  sql: z.string().min(1),
})
export type ExampleQuery = z.infer<typeof ExampleQuery>

const head = /^-- title: (?<title>\S.*)\r?\n-- answers: (?<answers>\S.*)\r?\n/

/** Null where the two comments of the head are missing. */
export function readExample(source: string, slug: string, text: string): ExampleQuery | null {
  const found = head.exec(text)
  if (found?.groups === undefined) return null
  const { title = '', answers = '' } = found.groups
  return { source, slug, title: title.trim(), answers: answers.trim(), sql: text.slice(found[0].length).trim() }
}
