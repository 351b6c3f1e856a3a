import type { RunPreview } from '@recomamp/contracts'
import { request as t } from '#messages/request.ts'

/** The request as a command line; the token is a variable of the shell, since nobody is to read it here. */
export function curlOf({ method, url, headers, body }: RunPreview): string {
  const lines = headers.map(({ name, value }) =>
    name === 'authorization' ? `-H "authorization: Bearer $AMC_ACCESS_TOKEN"` : `-H ${quoted(`${name}: ${value}`)}`,
  )
  return [`curl -X ${method} ${quoted(url)}`, ...lines, `--data-raw ${quoted(body)}`].join(' \\\n  ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** The body laid out to be read, with the query cut to its beginning: it stands beside. */
export function bodyToRead(body: string): string {
  const shown: unknown = JSON.parse(body, (key, value: unknown) =>
    key === 'sqlQuery' && typeof value === 'string' ? shortened(value) : value,
  )
  return JSON.stringify(shown, null, 2)
}

function shortened(sql: string): string {
  const lines = sql.split('\n')
  const [first = ''] = lines
  if (lines.length === 1 && first.length <= 60) return sql
  return `${first.slice(0, 40)}… (${t.linesBeside(lines.length)})`
}

/** The address in three pieces, AMC's id of the instance in the middle. */
export function addressPieces(url: string): [before: string, instance: string, after: string] {
  const match = /^(.*\/amc\/reporting\/)([^/]+)(\/.*)$/.exec(url)
  return match === null ? [url, '', ''] : [match[1] ?? '', match[2] ?? '', match[3] ?? '']
}
