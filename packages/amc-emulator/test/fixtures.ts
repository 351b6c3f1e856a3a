import { readFileSync } from 'node:fs'

/** The body of one of amc-wire's fixtures, which name their public source: the judge of client and emulator alike. */
export function fixtureBody(name: string): unknown {
  const file = new URL(`../../amc-wire/fixtures/${name}.json`, import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { body: unknown }).body
}

export function keysOf(value: object): string[] {
  return Object.keys(value).toSorted()
}
