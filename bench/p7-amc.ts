import { createServer } from 'node:http'

export const instances = 200
export const openPerInstance = 50
/** Every other instance has as many runs of other people between ours, so that ours fill two pages. */
const strangersPerInstance = 100
const answerMs = 50
const pageSize = 100

/** Calls that a round needs: one page for half of the instances, two for the others. */
export const pagesNeeded = (instances / 2) * 3

/** A service that answers AMC's lists of executions after 50 ms, as long as there are any, newest first. */
export interface ListService extends AsyncDisposable {
  readonly url: string
  /** List calls since the last question. */
  takeCalls(): number
  /** From now on every pending run runs, and every fifth run has been cancelled. */
  change(): void
}

export const amcInstanceIdOf = (instance: number) => `amcbench${String(instance).padStart(4, '0')}`
export const amcExecutionIdOf = (instance: number, run: number) => `${amcInstanceIdOf(instance)}-run-${run}`
export const isPendingAtFirst = (run: number) => run % 2 === 0
export const isCancelledLater = (run: number) => run % 5 === 0

export async function startListService(port: number): Promise<ListService> {
  let calls = 0
  let changed = false
  const statusOf = (run: number) => {
    if (changed && isCancelledLater(run)) return 'CANCELLED'
    return !changed && isPendingAtFirst(run) ? 'PENDING' : 'RUNNING'
  }
  const listed = (instance: number) => {
    const own = Array.from({ length: openPerInstance }, (_, run) =>
      formatted(amcExecutionIdOf(instance, run), statusOf(run)),
    )
    if (instance % 2 === 0) return own
    // Two strangers behind each of ours.
    return own.flatMap((one, run) => [
      one,
      ...Array.from({ length: strangersPerInstance / openPerInstance }, (_, at) =>
        formatted(`stranger-${instance}-${run}-${at}`, 'SUCCEEDED'),
      ),
    ])
  }
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://amc')
    const [, digits] = /^\/amc\/reporting\/amcbench(\d{4})\/workflowExecutions$/.exec(pathname) ?? []
    setTimeout(() => {
      response.setHeader('content-type', 'application/vnd.amcworkflowexecutions.v1+json')
      response.setHeader('x-amz-rid', 'BENCHBENCHBENCHBENCH')
      if (digits === undefined) return response.end('{}')
      calls += 1
      const from = Number(searchParams.get('nextToken') ?? 0)
      const all = listed(Number(digits))
      const more = from + pageSize < all.length ? { nextToken: String(from + pageSize) } : {}
      return response.end(JSON.stringify({ executions: all.slice(from, from + pageSize), ...more }))
    }, answerMs)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    takeCalls: () => {
      const taken = calls
      calls = 0
      return taken
    },
    change: () => {
      changed = true
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** An execution with the fields of the recorded answer of an open run. */
function formatted(workflowExecutionId: string, status: string) {
  return {
    createTime: '2026-11-20T03:11:52Z',
    dataGaps: [],
    disableAggregationControls: false,
    executionCategory: 'AD_HOC',
    expireTime: '2100-11-21T03:11:52Z',
    ignoreDataGaps: false,
    lastUpdatedTime: '2026-11-20T03:11:52Z',
    parameterValues: {},
    status,
    timeWindowEnd: '2026-11-08T00:00:00Z',
    timeWindowEndOriginal: '2026-11-08T00:00:00',
    timeWindowStart: '2026-11-01T00:00:00Z',
    timeWindowStartOriginal: '2026-11-01T00:00:00',
    timeWindowTimeZoneOriginal: 'UTC',
    waitUntil: '2026-11-20T02:11:52Z',
    workflowExecutionId,
    workflowExecutionTimeoutSeconds: 21600,
    workflowId: 'bench',
  }
}
