import { z } from 'zod'
import { zoneSuffixes } from '../settings.ts'
import type { Settings } from '../settings.ts'
import { longestDelayMs } from './faults.ts'
import type { Fault } from './faults.ts'
import { operations } from './operations.ts'

const milliseconds = z.number().int().min(0)

const FaultBody = z
  .strictObject({
    operation: z.enum([...operations, '*']),
    times: z.number().int().positive().nullable().exactOptional(),
    probability: z.number().min(0).max(1).exactOptional(),
    delayBeforeMs: milliseconds.exactOptional(),
    delayAfterMs: milliseconds.exactOptional(),
    drop: z.enum(['before', 'after']).exactOptional(),
    status: z.number().int().min(400).max(599).exactOptional(),
    retryAfterSeconds: z.number().int().min(0).exactOptional(),
    details: z.string().exactOptional(),
    token: z.enum(['expire', 'revoke']).exactOptional(),
    truncateAfterBytes: z.number().int().min(0).exactOptional(),
    mutate: z.boolean().exactOptional(),
  })
  .refine(({ delayBeforeMs = 0, delayAfterMs = 0 }) => delayBeforeMs + delayAfterMs <= longestDelayMs, {
    message: `delayBeforeMs and delayAfterMs together may be ${longestDelayMs} at most`,
  })

const SettingsBody = z
  .strictObject({
    accessTokenSeconds: z.number().int().min(1),
    linkSeconds: z.number().int().min(0),
    pendingMs: milliseconds.max(60_000),
    runningMs: milliseconds,
    partBytes: z.number().int().min(1),
    zoneSuffix: z.enum(zoneSuffixes),
    wrapSingles: z.boolean(),
    termsAccepted: z.boolean(),
    instanceReadyMs: milliseconds,
    clockSkewSeconds: z.number().int(),
    rejectExecutions: z.string().nullable(),
  })
  .partial()

/** A fault or settings that are none; the message names the field. */
export class ControlFault extends Error {}

/** A fault out of JSON. Throws ControlFault. */
export function readFault(json: unknown): Fault {
  return readBody(FaultBody, json)
}

/** Changes of settings out of JSON. Throws ControlFault. */
export function readSettings(json: unknown): Partial<Settings> {
  return readBody(SettingsBody, json) as Partial<Settings>
}

function readBody<T>(schema: z.ZodType<T>, json: unknown): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ControlFault([...(issue?.path ?? []), issue?.message].join(': '))
}
