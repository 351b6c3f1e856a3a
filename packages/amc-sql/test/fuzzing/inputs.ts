import { pick, seededChoices, type Choices } from '../generated/choices.ts'
import { shortQuery, wholeQuery, type Beginnings } from './beginnings.ts'
import { mutated, noise, soup, spliced } from './mutations.ts'

type Make = (choices: Choices, beginnings: Beginnings) => string

/** The kinds of inputs with their share of 100,000. Most are short, so that a million of them fit into an hour. */
export const kinds = {
  'short query, 1 to 3 mutations': [57_000, (c, b) => mutated(c, shortQuery(c, b), b.words, 1 + c.below(3))],
  'short query, cut off': [15_000, (c, b) => cut(c, shortQuery(c, b))],
  'two short queries, spliced': [8_000, (c, b) => spliced(c, shortQuery(c, b), shortQuery(c, b))],
  'whole query, 1 to 6 mutations': [500, (c, b) => mutated(c, wholeQuery(c, b), b.words, 1 + c.below(6))],
  'whole query, cut off': [100, (c, b) => cut(c, wholeQuery(c, b))],
  'two whole queries, spliced': [100, (c, b) => spliced(c, wholeQuery(c, b), wholeQuery(c, b))],
  'tokens without sense': [10_200, (c, b) => soup(c, b.words, 1 + c.below(40))],
  'random characters': [8_000, (c) => noise(c, c.below(120))],
  'storm of brackets': [1_000, (c) => storm(c, 1 + c.below(60))],
  'deep nesting, up to 5,000 levels': [40, (c, b) => deep(c, b)],
  'repeated stretch, up to 20 kB': [50, (c, b) => repeated(c, b, 20_000)],
  'repeated stretch, up to 1 MB': [10, (c, b) => repeated(c, b, 1_000_000)],
} as const satisfies Record<string, readonly [number, Make]>

export type Kind = keyof typeof kinds

export interface Input {
  seed: number
  kind: Kind
  text: string
  /** For whoever checks it: decisions that follow from the seed too. */
  choices: Choices
}

const kindNames = Object.keys(kinds) as Kind[]
const shares = kindNames.flatMap((kind) => Array<Kind>(kinds[kind][0] / 10).fill(kind))

/** The input of a seed, the same in every process. */
export function inputOf(seed: number, beginnings: Beginnings): Input {
  // Neighbouring seeds begin with neighbouring states, which the first draw tears apart.
  const choices = seededChoices(Math.imul(seed, 0x9e37_79b1))
  const kind = pick(choices, shares)
  return { seed, kind, text: kinds[kind][1](choices, beginnings), choices }
}

function cut(choices: Choices, text: string): string {
  const at = choices.below(text.length + 1)
  return choices.below(4) > 0 ? text.slice(0, at) : text.slice(at)
}

const brackets = ['(', ')', '[', ']', '{', '}', '{{', '}}', '(SELECT ', 'CASE ', 'END ', "'", '"', ',', ' FROM ', 'a']

function storm(choices: Choices, length: number): string {
  return Array.from({ length }, () => pick(choices, brackets)).join('')
}

const openings = [
  '(',
  '-',
  'NOT ',
  'CASE WHEN ',
  'f(',
  'a + (',
  'a IN (SELECT ',
  '(SELECT a FROM ',
  'CAST(',
  'ARRAY[',
  'a[',
]

/** Something that opens again and again, sometimes closed as often. */
function deep(choices: Choices, beginnings: Beginnings): string {
  const opening = pick(choices, openings)
  const levels = 1 + choices.below(5_000)
  const closings = choices.below(2) === 0 ? '' : (opening.includes('[') ? ']' : ')').repeat(levels)
  const [before, after] = [shortQuery(choices, beginnings), shortQuery(choices, beginnings)]
  return `${cut(choices, before)} ${opening.repeat(levels)}a${closings} ${cut(choices, after)}`
}

/** A stretch of a query over and over, the surest way to a search that looks through everything again. */
export function repeated(choices: Choices, beginnings: Beginnings, most: number): string {
  const query = shortQuery(choices, beginnings)
  const from = choices.below(query.length)
  const to = from + 1 + choices.below(query.length - from)
  const length = 1 + choices.below(most)
  const stretch = choices.below(2) === 0 ? query.slice(from, to) : soup(choices, beginnings.words, 1 + choices.below(3))
  const times = Math.max(1, Math.floor(length / Math.max(1, stretch.length)))
  return query.slice(0, from) + stretch.repeat(times) + query.slice(to)
}
