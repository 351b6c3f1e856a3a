import { Problem, type Workflow, type WorkflowContent } from '@recomamp/contracts'
import { array, asyncProperty, assert, constantFrom, oneof, record, integer } from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type DocumentPorts, type OpenDocument, openDocument } from './document.ts'
import type { Mirror } from './draft/draft-mirror.ts'
import { sameContent } from './draft/same-content.ts'
import { aWorkflow, at } from './workflow-sample.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const lines = ['SELECT campaign, SUM(impressions) AS impressions', 'FROM dsp_impressions', 'GROUP BY campaign']
const beginning: WorkflowContent = { name: 'Reach', sqlQuery: lines.join('\n'), parameters: [], values: {} }

type Fate = 'answered' | 'answer-lost' | 'never-arrived'

/** A server by its promises: a draft follows the revision that it names, a first one the current version; a save the version. */
class Server {
  versions: WorkflowContent[] = [beginning]
  draft: (WorkflowContent & { revision: number; baseVersion: number }) | null = null
  isUp = true
  /** What becomes of the next request. */
  next: Fate = 'answered'
  private revisions = 0

  view(): Workflow {
    const { versions, draft } = this
    return aWorkflow(versions.at(-1) ?? beginning, versions.length, draft)
  }

  keep(content: WorkflowContent, revision: number, baseVersion: number): number {
    const { draft } = this
    const follows =
      draft === null ? revision === 0 && baseVersion === this.versions.length : draft.revision === revision
    if (!follows) {
      if (draft?.baseVersion === baseVersion && sameContent(draft, content)) return draft.revision
      throw new Problem('draft-conflict')
    }
    this.draft = { ...content, revision: (this.revisions += 1), baseVersion }
    return this.draft.revision
  }

  save(content: WorkflowContent, baseVersion: number, draftRevision: number): void {
    const current = this.versions.at(-1)
    const isSame = current !== undefined && sameContent(current, content)
    if (!isSame && baseVersion !== this.versions.length) throw new Problem('version-conflict')
    if (!isSame) this.versions.push(content)
    if (this.draft?.revision === draftRevision) this.draft = null
  }

  /** A request on its way: 20 ms there, 20 ms back. */
  async ask<T>(work: () => T): Promise<T> {
    const fate = this.next
    this.next = 'answered'
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (!this.isUp || fate === 'never-arrived') throw new TypeError('network')
    const answer = doneNow(work)
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (!this.isUp || fate === 'answer-lost') throw new TypeError('network')
    return answer()
  }
}

/** What the work answered or threw, at the time it was done. */
function doneNow<T>(work: () => T): () => T {
  try {
    const answer = work()
    return () => answer
  } catch (error) {
    return () => {
      throw error
    }
  }
}

/** A window with its tab's storage; `a` types at the top, `b` at the bottom. */
class Window {
  document: OpenDocument | null = null
  private mirror: Mirror | null = null
  private close: () => void = () => {}

  readonly name: 'a' | 'b'
  private readonly server: Server

  constructor(name: 'a' | 'b', server: Server) {
    this.name = name
    this.server = server
    this.open()
  }

  open(): void {
    if (this.document !== null || !this.server.isUp) return
    const { server } = this
    let isAlive = true
    // A tab that is dead asks and hears nothing any more; what it had sent arrives.
    const ask = async <T>(work: () => T): Promise<T> => {
      const never = new Promise<never>(() => {})
      if (!isAlive) return never
      try {
        return await server.ask(work)
      } finally {
        if (!isAlive) await never
      }
    }
    const ports: DocumentPorts = {
      keepDraft: async (content, revision, base) => ({
        revision: await ask(() => server.keep(content, revision, base)),
        keptAt: at,
      }),
      save: (content, base, draftRevision) =>
        ask(() => {
          server.save(content, base, draftRevision)
          return server.view()
        }),
      read: () => ask(() => server.view()),
      readVersion: (version) => ask(() => server.versions[version - 1] ?? beginning),
      readMirror: () => this.mirror,
      // A tab that is dead writes nothing any more.
      writeMirror: (mirror) => {
        if (isAlive) this.mirror = mirror
      },
    }
    const document = openDocument(server.view(), ports)
    document.attach()
    this.document = document
    this.close = () => (isAlive = false)
  }

  die(): void {
    this.close()
    this.document = null
  }

  type(text: string): void {
    const { document } = this
    if (document === null || document.state().merging !== null) return
    const { content } = document.state()
    const typed = this.name === 'a' ? [text, content.sqlQuery] : [content.sqlQuery, text]
    document.change({ ...content, sqlQuery: typed.join('\n') })
  }

  async merge(): Promise<void> {
    const { document } = this
    if (document === null || document.state().conflict === null) return
    if (document.state().merging === null) await document.merge().catch(() => {})
    const { merging } = document.state()
    if (merging !== null) document.merged(merging.together.text)
  }

  isAtRest(): boolean {
    const kind = this.document?.state().keeping.kind ?? 'dead'
    return ['kept', 'saved', 'untouched'].includes(kind) && this.document?.state().conflict === null
  }
}

const step = oneof(
  {
    weight: 8,
    arbitrary: record({ what: constantFrom('type'), on: constantFrom('a', 'b'), ms: integer({ min: 0, max: 300 }) }),
  },
  {
    weight: 6,
    arbitrary: record({
      what: constantFrom(
        'save',
        'merge',
        'die',
        'open',
        'server-down',
        'server-up',
        'lose-answer',
        'lose-request',
        'wait',
      ),
      on: constantFrom('a', 'b'),
      ms: integer({ min: 0, max: 1500 }),
    }),
  },
)

test('F-19, S-075: whatever two windows of one query, their tabs and the server do, nothing that was typed is lost', async () => {
  await assert(
    asyncProperty(array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
      const server = new Server()
      const windows = { a: new Window('a', server), b: new Window('b', server) }
      const typed: string[] = []
      for (const { what, on, ms } of steps) {
        const window = windows[on]
        if (what === 'type' && window.document !== null) {
          const text = `-- ${on}${typed.length}`
          window.type(text)
          typed.push(text)
        } else if (what === 'save') void window.document?.save().catch(() => {})
        else if (what === 'merge') void window.merge()
        else if (what === 'die') window.die()
        else if (what === 'open') window.open()
        else if (what === 'server-down') server.isUp = false
        else if (what === 'server-up') server.isUp = true
        else if (what === 'lose-answer') server.next = 'answer-lost'
        else if (what === 'lose-request') server.next = 'never-arrived'
        await vi.advanceTimersByTimeAsync(ms)
      }
      server.isUp = true
      for (const window of Object.values(windows)) window.open()
      for (let round = 0; round < 40; round += 1) {
        await vi.advanceTimersByTimeAsync(2000)
        for (const window of Object.values(windows)) void window.merge()
      }
      await vi.advanceTimersByTimeAsync(60_000)
      expect(Object.values(windows).map((window) => window.isAtRest())).toEqual([true, true])
      const { draft, current } = server.view()
      // Over a draft that began from an earlier version the current one is not passed: to save it is a conflict.
      const kept = draft !== null && draft.baseVersion === current.version ? [draft] : [draft, current]
      const text = kept.flatMap((content) => content?.sqlQuery.split('\n') ?? [])
      expect(typed.filter((line) => !text.includes(line))).toEqual([])
      vi.clearAllTimers()
    }),
    { numRuns: 1000 },
  )
})
