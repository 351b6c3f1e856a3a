import type { Relationship } from './relationship.ts'

/** The relationship as one of its two tables sees it, which then is `from`; null where it is about others. */
export function seenFrom(name: string, relationship: Relationship): Relationship | null {
  const { from, to, on, cardinality } = relationship
  if (from === name) return relationship
  if (to !== name) return null
  const turned = on.map((pair) => ({ from: pair.to, to: pair.from }))
  return { ...relationship, from: to, to: from, on: turned, cardinality: turnedAround[cardinality] }
}

const turnedAround = {
  'one-to-one': 'one-to-one',
  'one-to-many': 'many-to-one',
  'many-to-one': 'one-to-many',
  'many-to-many': 'many-to-many',
} as const satisfies Record<Relationship['cardinality'], Relationship['cardinality']>
