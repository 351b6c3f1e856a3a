import { z } from 'zod'
import { instantOf, isTimeZone } from '../runs/wall-time.ts'
import type { ListFilter } from '../state/executions.store.ts'
import { readLocalTime } from './execution-request.ts'
import { flagOf, positionOf } from './paging.ts'
import { Refusal } from './refusal.ts'

type Filter = Omit<ListFilter, 'instanceId' | 'limit'>

/** Which executions a list call asks for. A page token carries its filter, so that a client may send the token alone. */
export function filterOf(query: Readonly<Record<string, string>>): Filter {
  const continued = positionOf(query, (position) => Continued.parse(position))
  if (continued !== null) return continued
  const zone = query['timeZone'] ?? 'UTC'
  if (!isTimeZone(zone)) throw new Refusal(400, `timeZone: ${zone} is not a time zone of the TZ database`)
  const instant = (name: string) => {
    const text = query[name]
    return text === undefined ? null : instantOf(readLocalTime(name, text), zone)
  }
  const workflowId = query['workflowId'] ?? null
  const createdFrom = instant('minCreationTime')
  if (workflowId === null && createdFrom === null)
    throw new Refusal(400, 'Either workflowId or minCreationTime must be specified')
  return {
    workflowId,
    createdFrom,
    createdTo: instant('maxCreationTime'),
    includeCancelled: flagOf(query, 'includeCancelled'),
    ascending: flagOf(query, 'sortAscending'),
    after: null,
  }
}

const Continued: z.ZodType<Filter> = z.object({
  workflowId: z.string().nullable(),
  createdFrom: z.number().nullable(),
  createdTo: z.number().nullable(),
  includeCancelled: z.boolean(),
  ascending: z.boolean(),
  after: z.object({ createdAt: z.number(), id: z.string() }),
})
