import { z } from 'zod'

/** A field that Amazon may leave out, answer as null or change: anything unreadable becomes null and never breaks the rest. */
export function maybe<T extends z.ZodType>(schema: T) {
  return schema
    .nullish()
    .transform((value) => value ?? null)
    .catch(null)
}

/** Text where Amazon's own samples also write numbers, such as `code` of an error. */
export const text = z.union([z.string(), z.number().transform(String)])

/** A whole or broken number that may come as text (`"86400"` in Amazon's samples). */
export const numeric = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
])

/** A yes or no that may come as text (`"True"` in Amazon's samples). */
export const flag = z.union([
  z.boolean(),
  z
    .string()
    .regex(/^(true|false)$/i)
    .transform((value) => value.toLowerCase() === 'true'),
])

/** The token of the next page; null, missing and empty all mean that this page was the last. */
export const NextToken = z
  .string()
  .nullish()
  .transform((token) => (token === undefined || token === '' ? null : token))

/** Reads an object that stands bare in recorded answers and under `key` in the published description. */
export function bareOrUnder<T extends z.ZodType>(key: string, schema: T) {
  return z.preprocess((value) => {
    if (value !== null && typeof value === 'object' && key in value) return value[key as keyof typeof value]
    return value
  }, schema)
}
