import * as api from '@recomamp/contracts'
import type { Person } from '@recomamp/testkit'
import { aQuery } from '../../flows/runs.ts'
import type { Started } from '../true-ends.ts'

/** A query of somebody's, and what they know to be kept of it. */
interface Paper {
  readonly id: api.WorkflowId
  /** One request that writes is on its way. */
  isBusy: boolean
  version: number
  saves: number
  draft: { revision: number; text: string } | null
  text: string
}

/** Somebody at work in a workspace: what they read and write, and what must be there in the end. */
export interface Desk {
  readonly person: Person
  /** Runs of the workspace that this person may look at. */
  readonly runs: readonly Started[]
  readonly papers: readonly Paper[]
  /** Ids of queries that were created while the person worked. */
  readonly created: api.WorkflowId[]
  /** Runs that are known to have their rows. */
  readonly completed: api.ExecutionId[]
  readonly etags: Map<string, string>
  /** Answers of 304. */
  unchanged: number
  count: number
}

/** Somebody with ten queries of their own. */
export async function openDesk(person: Person, name: string, runs: readonly Started[]): Promise<Desk> {
  const papers: Paper[] = []
  for (let at = 0; at < 10; at += 1) {
    const { id, version, current } = await aQuery(person, textOf(name, at))
    papers.push({ id, isBusy: false, version, saves: 0, draft: null, text: current.sqlQuery })
  }
  return { person, runs, papers, created: [], completed: [], etags: new Map(), unchanged: 0, count: 0 }
}

type Random = () => number
type Ask = (desk: Desk, random: Random) => Promise<unknown>

/** What people do, by its share of all requests. */
const mixture: readonly (readonly [share: number, name: string, ask: Ask])[] = [
  [12, 'list queries', ({ person }, random) => person.call(api.listWorkflows, { query: pick(lists, random) })],
  [3, 'count queries', ({ person }) => person.call(api.countWorkflows, {})],
  [10, 'open a query', (desk, random) => desk.person.call(api.getWorkflow, { params: anyPaper(desk, random) })],
  [
    4,
    'history',
    (desk, random) => desk.person.call(api.listWorkflowVersions, { params: anyPaper(desk, random), query: {} }),
  ],
  [
    10,
    'list runs',
    ({ person }, random) => person.call(api.listExecutions, { query: random() < 0.5 ? {} : { status: 'open' } }),
  ],
  [3, 'count runs', ({ person }) => person.call(api.countExecutions, { query: {} })],
  [8, 'open a run', openRun],
  [12, 'where a run stands', lookAtRun],
  [9, 'rows of a result', readRows],
  [3, 'instances', ({ person }) => person.call(api.listInstances, { query: {} })],
  [3, 'templates', ({ person }) => person.call(api.listQueryTemplates, { query: {} })],
  [3, 'tables, if they changed', (desk) => readIfChanged(desk, '/api/data-sources/schema')],
  [3, 'data sources, if they changed', (desk) => readIfChanged(desk, '/api/data-sources')],
  [
    2,
    'search',
    ({ person }, random) =>
      person.call(api.searchDataSources, { query: { q: pick(['impressions', 'user', 'purchase'], random) } }),
  ],
  [2, 'who is signed in', ({ person }) => person.call(api.getCurrentUser, {})],
  [1, 'status', ({ person }) => person.call(api.getStatus, {})],
  [7, 'keep a draft', (desk, random) => onPaper(desk, random, keepDraft)],
  [3, 'save', (desk, random) => onPaper(desk, random, save)],
  [1, 'create', create],
  [
    1,
    'tag',
    (desk, random) =>
      desk.person.call(api.tagWorkflows, {
        body: { workflowIds: [anyPaper(desk, random).workflowId], add: [pick(['weekly', 'brand', 'reach'], random)] },
      }),
  ],
]
const shares = mixture.reduce((sum, [share]) => sum + share, 0)

/** Asks for one thing out of the mixture; tells what it was. */
export async function askOne(desk: Desk, random: Random): Promise<string> {
  let place = random() * shares
  const chosen = mixture.find(([share]) => (place -= share) < 0) ?? mixture[0]!
  await chosen[2](desk, random)
  return chosen[1]
}

const lists: readonly api.QueryGiven<typeof api.listWorkflows>[] = [
  {},
  { sort: 'name', limit: 50 },
  { q: 'campaign' },
  { shelf: 'mine' },
  { shelf: 'drafts' },
]

function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)]!
}

function anyPaper({ papers }: Desk, random: Random): { workflowId: api.WorkflowId } {
  return { workflowId: pick(papers, random).id }
}

function textOf(name: string, at: number): string {
  return `SELECT campaign, SUM(impressions) AS impressions -- ${name} ${at}\nFROM dsp_impressions\nGROUP BY campaign`
}

/** One of the latest runs; who has none looks at the list. */
function latestRun(desk: Desk, random: Random): { executionId: api.ExecutionId } | null {
  const latest = desk.runs.slice(-20)
  return latest.length === 0 ? null : { executionId: pick(latest, random).id }
}

async function openRun(desk: Desk, random: Random): Promise<void> {
  const params = latestRun(desk, random)
  if (params === null) await desk.person.call(api.listExecutions, { query: {} })
  else await desk.person.call(api.getExecution, { params })
}

async function lookAtRun(desk: Desk, random: Random): Promise<void> {
  const params = latestRun(desk, random)
  if (params === null) return openRun(desk, random)
  const { status } = await desk.person.call(api.getExecutionStatus, { params })
  if (status === 'completed') desk.completed.push(params.executionId)
}

async function readRows(desk: Desk, random: Random): Promise<void> {
  const executionId = pick(desk.completed, random)
  if (desk.completed.length === 0) return lookAtRun(desk, random)
  const sort = JSON.stringify([{ column: 'impressions', direction: 'desc' }])
  const query = random() < 0.5 ? { limit: 5 } : { sort, limit: 100 }
  await desk.person.call(api.getResults, { params: { executionId }, query })
}

async function readIfChanged(desk: Desk, path: string): Promise<void> {
  const known = desk.etags.get(path)
  const answer = await desk.person.fetch(path, known === undefined ? {} : { headers: { 'if-none-match': known } })
  if (answer.status === 304) desk.unchanged += 1
  else if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
  desk.etags.set(path, answer.headers.get('etag') ?? '')
}

/** Nobody sends the second change of a query before the first has been answered; who waits for the answers to all looks at the list. */
async function onPaper(
  desk: Desk,
  random: Random,
  write: (desk: Desk, paper: Paper, text: string) => Promise<void>,
): Promise<void> {
  const free = desk.papers.filter(({ isBusy }) => !isBusy)
  if (free.length === 0) {
    await desk.person.call(api.listWorkflows, { query: {} })
    return
  }
  const paper = pick(free, random)
  paper.isBusy = true
  desk.count += 1
  await write(desk, paper, textOf(paper.id, desk.count)).finally(() => (paper.isBusy = false))
}

const content = (sqlQuery: string) => ({ name: 'A query', sqlQuery, parameters: [], values: {} })

async function keepDraft({ person }: Desk, paper: Paper, text: string): Promise<void> {
  const { revision } = await person.call(api.keepDraft, {
    params: { workflowId: paper.id },
    body: { ...content(text), revision: paper.draft?.revision ?? 0, baseVersion: paper.version },
  })
  paper.draft = { revision, text }
}

async function save({ person }: Desk, paper: Paper, text: string): Promise<void> {
  const draftRevision = paper.draft?.revision ?? 0
  const { version } = await person.call(api.saveWorkflow, {
    params: { workflowId: paper.id },
    body: { ...content(text), baseVersion: paper.version, draftRevision, instanceId: null },
  })
  Object.assign(paper, { version, saves: paper.saves + 1, draft: null, text })
}

async function create(desk: Desk): Promise<void> {
  const id = api.WorkflowId.parse(crypto.randomUUID())
  const body = { id, ...content(textOf('new', (desk.count += 1))), instanceId: null }
  await desk.person.call(api.createWorkflow, { body })
  desk.created.push(id)
}

/** What of a person's writing is lost or doubled. */
export async function lostAtDesk({ person, papers }: Desk): Promise<string[]> {
  const lost: string[] = []
  for (const { id, saves, draft, text } of papers) {
    const found = await person.call(api.getWorkflow, { params: { workflowId: id } })
    const versions = await person.call(api.listWorkflowVersions, { params: { workflowId: id }, query: { limit: 1 } })
    if (found.version !== saves + 1 || versions.total !== saves + 1)
      lost.push(`query ${id} has version ${found.version} and ${versions.total} versions after ${saves} saves`)
    if (found.current.sqlQuery !== text) lost.push(`query ${id} has another text than was saved`)
    if ((found.draft?.sqlQuery ?? null) !== (draft?.text ?? null))
      lost.push(`query ${id} has another draft than was kept`)
  }
  return lost
}
