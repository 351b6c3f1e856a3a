/** One file `examples/<source>/<slug>.sql`, which begins with the comments `-- title: …` and `-- answers: …`. */
export interface ExampleQuery {
  /** The data source that it is an example for. */
  source: string
  slug: string
  title: string
  /** The question that the result answers. */
  answers: string
  /** The query as it runs, without the two comments of its head. */
  sql: string
}

const head = /^-- title: (?<title>\S.*)\r?\n-- answers: (?<answers>\S.*)\r?\n/

/** Null where the two comments of the head are missing. */
export function readExample(source: string, slug: string, text: string): ExampleQuery | null {
  const found = head.exec(text)
  if (found?.groups === undefined) return null
  const { title = '', answers = '' } = found.groups
  return { source, slug, title: title.trim(), answers: answers.trim(), sql: text.slice(found[0].length).trim() }
}
