import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Instant } from './paging.ts'

const count = z.number().int().nonnegative()

/** Where the catalogue comes from. */
export const CatalogueOrigin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('shipped'), version: z.string() }),
  z.object({ kind: z.literal('file'), path: z.string() }),
  z.object({
    kind: z.literal('repository'),
    owner: z.string(),
    name: z.string(),
    /** Branch, tag or commit as the settings name it, and the commit that it was. */
    ref: z.string(),
    folder: z.string(),
    commit: z.string(),
    committedAt: Instant.nullable(),
    url: z.string(),
    /** As GitHub recognises it; null where it finds none. */
    license: z.object({ spdxId: z.string().nullable(), name: z.string(), url: z.string().nullable() }).nullable(),
  }),
])
export type CatalogueOrigin = z.infer<typeof CatalogueOrigin>

/** Why the repository could not be taken over; everything stays as it was. */
export const CatalogueCheckFailure = z.object({
  message: z.string(),
  /** The faults of its files; lines count from 1. */
  faults: z.array(z.object({ file: z.string(), line: z.number().int(), field: z.string(), message: z.string() })),
})
export type CatalogueCheckFailure = z.infer<typeof CatalogueCheckFailure>

export const CatalogueState = z.object({
  origin: CatalogueOrigin,
  importedAt: Instant,
  counts: z.object({ sources: count, fields: count, examples: count, relationships: count, templates: count }),
  /** The repository that the settings name; null where they name none. */
  repository: z
    .object({
      owner: z.string(),
      name: z.string(),
      ref: z.string(),
      folder: z.string(),
      /** GitHub is being asked. */
      checking: z.boolean(),
      checkedAt: Instant.nullable(),
      failure: CatalogueCheckFailure.nullable(),
    })
    .nullable(),
})
export type CatalogueState = z.infer<typeof CatalogueState>

export const getCatalogue = endpoint({
  method: 'GET',
  path: '/api/catalogue',
  summary: 'Where the catalogue of AMC data comes from, its licence, and whether its repository could be read',
  tag: 'data-sources',
  role: 'viewer',
  ok: { status: 200, body: CatalogueState },
  problems: [],
})

/** Answers at once; GitHub is asked in the background. */
export const refreshCatalogue = endpoint({
  method: 'POST',
  path: '/api/catalogue/refresh',
  summary: 'Ask the repository of the catalogue whether there is something new',
  tag: 'data-sources',
  role: 'owner',
  ok: { status: 202, body: CatalogueState },
  problems: ['no-catalogue-repository'],
})
