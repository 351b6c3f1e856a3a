import * as api from '@recomamp/contracts'
import type { Person } from '@recomamp/testkit'
import { seeded } from '@recomamp/testkit/seeded'
import { type Route, routesOf } from '../flows/openapi-walk.ts'
import { type HostileRequest, type KnownIds, hostileRequest } from './hostile-request.ts'
import { hostileSender } from './send-hostile.ts'

export interface FuzzReport {
  readonly requests: number
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>
  /** What must never come: 5xx, no answer, a broken connection. With the number that makes it again. */
  readonly faults: readonly { at: number; request: string; answer: string }[]
  readonly slowestMs: number
}

/** Would end what the others ask with. */
const endsAccess = /\/(logout|leave|end-others|transfer|disconnect)$|\/sessions\/|\/members\/|\/connections\/|\/enter$/

/** Asks a server `count` times for something that was made from its description, as nobody, by a made-up token and as the people given. */
export async function fuzzRequests(options: {
  baseUrl: string
  people: readonly Person[]
  known: KnownIds
  count: number
  seed: number
  lanes: number
  limitMs: number
  progress?: (done: number) => void
}): Promise<FuzzReport> {
  const { baseUrl, people, known, count, seed, lanes, limitMs } = options
  const description = await (await fetch(`${baseUrl}/api/openapi.json`)).json()
  const routes = routesOf(description as Parameters<typeof routesOf>[0]).filter(
    ({ method, path }) => method === 'GET' || !endsAccess.test(path),
  )
  const sender = hostileSender(baseUrl, limitMs)
  const statuses: Record<string, number> = {}
  const faults: FuzzReport['faults'][number][] = []
  let slowestMs = 0
  let next = 0
  async function lane(): Promise<void> {
    for (let at = next++; at < count; at = next++) {
      const random = seeded(seed + at)
      const route = routes[Math.floor(random() * routes.length)] as Route
      const person = random() < 0.9 ? people[Math.floor(random() * people.length)] : undefined
      const asked = hostileRequest(route, known, random)
      let answer = await sender.send(asked, bearerOf(person, random))
      if (answer.status === 401 && person !== undefined) {
        await renewed(person)
        answer = await sender.send(asked, person.accessToken)
      }
      statuses[answer.status ?? 'none'] = (statuses[answer.status ?? 'none'] ?? 0) + 1
      slowestMs = Math.max(slowestMs, answer.ms)
      if (answer.status === null || answer.status >= 500)
        faults.push({ at: seed + at, request: shown(asked), answer: `${answer.status} ${answer.text.slice(0, 500)}` })
      if (at % 1000 === 0) options.progress?.(at)
    }
  }
  const renewals = new Map<Person, Promise<void>>()
  function renewed(person: Person): Promise<void> {
    const renewal = renewals.get(person) ?? person.renew().finally(() => renewals.delete(person))
    renewals.set(person, renewal)
    return renewal
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  sender.close()
  return { requests: count, statuses, faults, slowestMs }
}

function bearerOf(person: Person | undefined, random: () => number): string | null {
  if (person !== undefined) return person.accessToken
  return random() < 0.5 ? null : 'eyJhbGciOiJub25lIn0.e30.'
}

function shown({ method, path, headers, body }: HostileRequest): string {
  return `${method} ${path.slice(0, 400)} ${JSON.stringify(headers)} ${body?.toString().slice(0, 600) ?? ''}`
}

/** What a person has, by the names that the description uses. */
export async function idsOf(person: Person): Promise<Record<string, string[]>> {
  const [instances, workflows, executions] = await Promise.all([
    person.call(api.listInstances, {}),
    person.call(api.listWorkflows, { query: {} }),
    person.call(api.listExecutions, { query: {} }),
  ])
  const instanceId = instances.items.slice(0, 5).map(({ id }) => id)
  const workflowId = workflows.items.map(({ id }) => id)
  const executionId = executions.items.map(({ id }) => id)
  return { instanceId, instance: instanceId, workflowId, executionId, id: [...workflowId, ...executionId] }
}
