/** The fields of a form or of JSON, whatever the content type says: a public client sends JSON without one. */
export function bodyFields(body: unknown): Record<string, string> {
  if (typeof body !== 'string') return {}
  if (body.trimStart().startsWith('{')) {
    try {
      const json: unknown = JSON.parse(body)
      const fields = Object.entries(json ?? {}).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      )
      return Object.fromEntries(fields)
    } catch {
      return {}
    }
  }
  return Object.fromEntries(new URLSearchParams(body))
}
