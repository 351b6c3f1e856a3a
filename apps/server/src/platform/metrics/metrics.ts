import { Counter, Gauge, Histogram, Registry } from 'prom-client'

const quick = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const slow = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900]

/** Everything that is measured, in one place: dashboards and alert rules name these, and a test compares them. A server has its own, so
 *  that several can live in one process. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: readonly number[],
  ) => new Histogram({ name: `recomamp_${name}`, help, labelNames, buckets: [...buckets], registers })
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name: `recomamp_${name}`, help, labelNames, registers })
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name: `recomamp_${name}`, help, labelNames, registers })
  return {
    registry,
    requests: histogram(
      'http_request_duration_seconds',
      'Answers of this server by method, route pattern and status; event streams apart',
      ['method', 'route', 'status'],
      quick,
    ),
    eventStreams: gauge('event_streams', 'Open event streams of this process'),
    rateLimited: counter('rate_limited_total', 'Requests that were refused because there were too many', [
      'group',
      'caller',
    ]),
    queries: histogram(
      'database_query_duration_seconds',
      'Statements by their kind and outcome, as the server waits for them on a connection',
      ['kind', 'outcome'],
      quick,
    ),
    poolConnections: gauge('database_pool_connections', 'Connections of the pool by what they do', ['state']),
    poolLimit: gauge('database_pool_limit', 'Connections that the pool may have at most'),
    poolWaiting: gauge('database_pool_waiting', 'Callers that wait for a connection of the pool'),
    tokenRefreshes: counter('token_refreshes_total', 'Renewals of Amazon tokens by outcome', ['provider', 'outcome']),
    connectionsBroken: gauge('connections_needing_reconnect', 'Connections that need a new sign-in, by reason', [
      'reason',
    ]),
    amcCalls: histogram(
      'amc_call_duration_seconds',
      'Calls to AMC by operation and outcome',
      ['operation', 'outcome'],
      slow,
    ),
    queueDepth: gauge('queue_depth', 'Pieces of work that have not ended, by queue and state', ['queue', 'state']),
    queueAge: gauge('queue_oldest_seconds', 'Age of the oldest piece of work that still waits', ['queue']),
    deliveries: counter('webhook_deliveries_total', 'Tries to send a message, by channel and outcome', [
      'channel',
      'outcome',
    ]),
    pollLag: gauge('poll_lag_seconds', 'How long the execution that is most overdue waits to be asked for at AMC'),
    jobRounds: histogram('job_round_duration_seconds', 'Rounds of background loops', ['job', 'outcome'], slow),
    jobHeartbeat: gauge('job_heartbeat_timestamp_seconds', 'When a background loop last gave a sign of life', ['job']),
    jobInterval: gauge('job_interval_seconds', 'How long a background loop rests between two rounds', ['job']),
    browserTimings: histogram(
      'browser_duration_seconds',
      'What browsers measured: loads of pages, changes of route, slow calls',
      ['kind', 'place'],
      slow,
    ),
    unreadable: counter('metrics_unreadable_total', 'Times that figures of the database could not be read', []),
    build: gauge('build_info', 'The version that runs', ['version', 'role']),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
