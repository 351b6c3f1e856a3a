/** A quoted identifier; whatever stands inside stays a name. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A value under a name. */
export function named(sql: string, name: string): string {
  return `${sql} AS ${quoteName(name)}`
}

/** A text literal; whatever stands inside stays text. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Makes names that differ from each other, upper and lower case being equal as they are for DuckDB. */
export class UniqueNames {
  readonly #taken = new Set<string>()

  make(wanted: string): string {
    let name = wanted
    for (let number = 2; this.#taken.has(name.toLowerCase()); number += 1) name = `${wanted}#${number}`
    this.#taken.add(name.toLowerCase())
    return name
  }
}
