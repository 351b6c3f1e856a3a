/** An answer of Amazon as text. */
export interface Answer {
  status: number
  contentType: string
  body: string
}

type Random = () => number

function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random() * from.length)]
  if (chosen === undefined) throw new Error('nothing to pick from')
  return chosen
}

const statuses = [200, 201, 202, 204, 302, 400, 401, 403, 404, 409, 415, 418, 422, 429, 500, 502, 503, 504]
const mediaTypes = [
  'text/html',
  'application/octet-stream',
  'text/plain; charset=utf-16',
  '',
  'application/xml',
  'image/png',
]

/** Words for a status that are none of Amazon's final ones, however close. */
const statusWords = ['succeeded', 'SUCCEEDED ', 'DONE', 'COMPLETED', 'Failed', 'CANCELED', 'UNKNOWN', '', 'PUBLISHING']

/** An answer as a broken network, a proxy or a changed service could give it: in place of this one, the same for the same `random`. */
export function mutateAnswer(answer: Answer, random: Random): Answer {
  const roll = random()
  if (roll < 0.15) return { ...answer, status: pick(random, statuses) }
  if (roll < 0.2) return { ...answer, contentType: pick(random, mediaTypes) }
  if (roll < 0.45) return { ...answer, body: otherText(answer.body, random) }
  const tree = parsed(answer.body)
  const changes = 1 + Math.floor(random() * 3)
  let changed = tree
  for (let count = 0; count < changes; count += 1) changed = mutateTree(changed, random)
  return { ...answer, body: JSON.stringify(changed) ?? '' }
}

function otherText(body: string, random: Random): string {
  return pick(random, [
    () => body.slice(0, Math.floor(random() * body.length)),
    () => '',
    () => ' \n',
    () => '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>',
    () => '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
    () => 'null',
    () => '[]',
    () => '"SUCCEEDED"',
    () => '1e999',
    () => `\uFEFF${body}`,
    () => body + body,
    () => `${body.slice(0, body.length / 2)}\u0000\uD800${body.slice(body.length / 2)}`,
    () => '['.repeat(20_000),
    () => body + ' '.repeat(30_000),
    () => body.replaceAll('"', "'"),
  ])()
}

function wrongValue(random: Random): unknown {
  return pick<() => unknown>(random, [
    () => null,
    () => 0,
    () => -1,
    () => 1e308,
    () => 12.5,
    () => true,
    () => '',
    () => 'x'.repeat(5000),
    () => '\u0000\n\r',
    () => [],
    () => [[[[]]]],
    () => ({}),
    () => ({ status: 'SUCCEEDED' }),
    () => ['SUCCEEDED'],
    () => '1970-01-01',
    () => '99999-99-99T99:99:99Z',
  ])()
}

/** Changes one place somewhere in a JSON value: another type, a field less, one more, one doubled, another status. */
function mutateTree(value: unknown, random: Random): unknown {
  if (value === null || typeof value !== 'object') return wrongValue(random)
  if (Array.isArray(value)) {
    const items = [...(value as unknown[])]
    if (items.length === 0 || random() < 0.15)
      return pick(random, [[], [...items, wrongValue(random)], [...items, ...items]])
    const at = Math.floor(random() * items.length)
    items[at] = mutateTree(items[at], random)
    return items
  }
  const fields = Object.entries(value)
  const roll = random()
  if (fields.length === 0 || roll < 0.1)
    return Object.fromEntries([...fields, [pick(random, extraNames), wrongValue(random)]])
  const at = Math.floor(random() * fields.length)
  const [name = '', field] = fields[at] ?? []
  if (roll < 0.3) return Object.fromEntries(fields.filter((_, index) => index !== at))
  const changed =
    name === 'status' && random() < 0.7
      ? pick(random, statusWords)
      : roll < 0.6
        ? wrongValue(random)
        : mutateTree(field, random)
  return Object.fromEntries(fields.map((entry, index) => (index === at ? [name, changed] : entry)))
}

const extraNames = [
  '__proto__',
  'constructor',
  'nextToken',
  'error',
  'workflowExecution',
  'instance',
  'new field',
  'toString',
]

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
