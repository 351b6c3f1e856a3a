import type { z } from 'zod'

const idLength = '00000000-0000-4000-8000-000000000000'.length

/** The ids by which files are named, each once; names that begin with none are left out. */
export function idsOfNames<Schema extends z.ZodType>(schema: Schema, names: readonly string[]): z.output<Schema>[] {
  return [...new Set(names.flatMap((name) => schema.safeParse(name.slice(0, idLength)).data ?? []))]
}
