import { seenFrom, subjectOf, type Relationship } from '@recomamp/amc-catalogue'
import { DataSourceDetail, type RelatedSource } from '@recomamp/contracts'
import type { z } from 'zod'
import { type WrittenAnswer, writtenAnswer } from '#platform/http/answer-once.ts'
import type { KnownSource } from './known-source.ts'
import { summaryOf } from './list-sources.ts'
import { requireSource, type Sources } from './sources.ts'

const Description = DataSourceDetail.omit({ instances: true, reading: true })
type Description = z.infer<typeof Description>

/** An upload can have thousands of fields, and its page is opened again and again. */
const known = new WeakMap<KnownSource, WrittenAnswer>()

/** Everything that the catalogue, and the instance if one is chosen, know of a source and its fields. */
export function describeSource(sources: Sources, name: string): WrittenAnswer {
  const source = requireSource(sources, name)
  const described = known.get(source) ?? writtenAnswer(Description.parse(describe(sources, source)))
  known.set(source, described)
  return described
}

function describe(sources: Sources, source: KnownSource): Description {
  const { name } = source
  const { catalogue, links } = sources
  return {
    ...summaryOf(sources, source),
    useFor: source.useFor,
    notFor: source.notFor,
    siblings: source.siblings,
    legacyFields: source.legacyFields,
    sources: source.sources,
    withoutExamples: source.withoutExamples ?? null,
    notes: source.notes ?? null,
    fields: source.fields.map((field) => ({
      ...field,
      subject: subjectOf(field.name),
      goesWith: [...links.goesWith(name, field.name)],
      alsoIn: [...links.alsoIn(field.name, name)],
    })),
    examples: (source.documented ? catalogue.examples : [])
      .filter((example) => example.source === name)
      .map(({ slug, title, answers, sql }) => ({ slug, title, answers, sql })),
    relationships: (source.documented ? catalogue.relationships : []).flatMap((relationship) =>
      relatedSource(name, relationship),
    ),
  }
}

function relatedSource(name: string, relationship: Relationship): RelatedSource[] {
  const seen = seenFrom(name, relationship)
  if (seen === null) return []
  const { to, on, cardinality, meaning, caveat } = seen
  return [{ name: to, on: on.map((pair) => ({ here: pair.from, there: pair.to })), cardinality, meaning, caveat }]
}
