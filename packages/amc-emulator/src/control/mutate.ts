import { pick } from './random.ts'
import type { Random } from './random.ts'

/** A body that Amazon should never send, made from one that it would: for finding out what a client survives.
 *  It may lose or change anything, but never claims a status of AMC's that the true body does not have. */
export function mutatedBody(body: string, random: Random): string {
  const mutate = pick<(body: string, random: Random) => string>(random, [
    changedValue,
    changedValue,
    changedValue,
    withoutKey,
    withoutKey,
    cut,
    wrapped,
    () => '',
    () => 'null',
    () => '[]',
    () => '{}',
    () => '<html><head><title>503</title></head><body>Service Unavailable</body></html>',
    (text) => `${text}${text}`,
    (text) => `\uFEFF${text}`,
  ])
  return mutate(body, random)
}

type Place = { holder: Record<string, unknown>; key: string }

/** Every value of a JSON text with where it stands; none when the text is no JSON object or list. */
function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<string, unknown>
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesOf(holder[key])])
}

function atRandomPlace(body: string, random: Random, change: (place: Place) => void): string {
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return cut(body, random)
  }
  const [first, ...others] = placesOf(json)
  if (first === undefined) return cut(body, random)
  change(pick(random, [first, ...others]))
  return JSON.stringify(json)
}

function changedValue(body: string, random: Random): string {
  return atRandomPlace(body, random, ({ holder, key }) => {
    holder[key] = pick<unknown>(random, [
      null,
      '',
      'x'.repeat(5000),
      '\u0000\uD800',
      -1,
      1e308,
      0.5,
      true,
      [],
      {},
      [holder[key]],
      { value: holder[key] },
      '2025-13-45T99:99:99Z',
    ])
  })
}

function withoutKey(body: string, random: Random): string {
  return atRandomPlace(body, random, ({ holder, key }) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1)
    else delete holder[key]
  })
}

function cut(body: string, random: Random): string {
  return body.slice(0, Math.floor(random() * body.length))
}

function wrapped(body: string, random: Random): string {
  return `{"${pick(random, ['data', 'result', 'workflowExecution', 'payload'])}":${body}}`
}
