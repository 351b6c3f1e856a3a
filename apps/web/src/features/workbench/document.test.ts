import { Problem, Workflow, type WorkflowContent } from '@recomamp/contracts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type DocumentPorts, type OpenDocument, openDocument } from './document.ts'
import type { Mirror } from './draft/draft-mirror.ts'
import { aWorkflow, at } from './workflow-sample.ts'

const content: WorkflowContent = { name: 'Reach', sqlQuery: 'SELECT 1', parameters: [], values: {} }

function workflow(change: Partial<WorkflowContent> = {}, version = 1): Workflow {
  return aWorkflow({ ...content, ...change }, version, null)
}

interface World extends DocumentPorts {
  sent: { sql: string; revision: number }[]
  mirror: Mirror | null
  answer: (sql: string) => Promise<void>
}

function world(): World {
  let revision = 0
  const it: World = {
    sent: [],
    mirror: null,
    answer: () => Promise.resolve(),
    async keepDraft(next, follows) {
      it.sent.push({ sql: next.sqlQuery, revision: follows })
      await it.answer(next.sqlQuery)
      revision = follows + 1
      return { revision, keptAt: at }
    },
    save: (next, base) => Promise.resolve(workflow(next, base + 1)),
    read: () => Promise.resolve(workflow()),
    readVersion: () => Promise.resolve(content),
    readMirror: () => it.mirror,
    writeMirror: (next) => void (it.mirror = next),
  }
  return it
}

function open(of: Workflow, ports: DocumentPorts): OpenDocument {
  const document = openDocument(of, ports)
  document.attach()
  return document
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('F-19: steady typing sends drafts at a steady pace, one at a time, each following the last', async () => {
  const ports = world()
  const document = open(workflow(), ports)
  for (let key = 1; key <= 30; key += 1) {
    document.change({ ...content, sqlQuery: `SELECT ${key}` })
    await vi.advanceTimersByTimeAsync(100)
  }
  await vi.advanceTimersByTimeAsync(2000)
  expect(ports.sent.length).toBeGreaterThanOrEqual(3)
  expect(ports.sent.length).toBeLessThanOrEqual(5)
  expect(ports.sent.map((each) => each.revision)).toEqual(ports.sent.map((_, index) => index))
  expect(ports.sent.at(-1)?.sql).toBe('SELECT 30')
  expect(document.state().keeping.kind).toBe('kept')
  expect(ports.mirror).toBeNull()
})

test('F-19: no second draft starts while one is on its way', async () => {
  const ports = world()
  let release = () => {}
  ports.answer = () => new Promise((resolve) => (release = resolve))
  const document = open(workflow(), ports)
  document.change({ ...content, sqlQuery: 'SELECT 2' })
  await vi.advanceTimersByTimeAsync(1000)
  document.change({ ...content, sqlQuery: 'SELECT 3' })
  await vi.advanceTimersByTimeAsync(5000)
  expect(ports.sent).toHaveLength(1)
  release()
  await vi.advanceTimersByTimeAsync(1000)
  expect(ports.sent.map((each) => each.sql)).toEqual(['SELECT 2', 'SELECT 3'])
})

test('text is mirrored at once and survives a dead server', async () => {
  const ports = world()
  ports.answer = () => Promise.reject(new TypeError('network'))
  const document = open(workflow(), ports)
  document.change({ ...content, sqlQuery: 'SELECT 2' })
  expect(ports.mirror?.content.sqlQuery).toBe('SELECT 2')
  await vi.advanceTimersByTimeAsync(1000)
  expect(document.state().keeping.kind).toBe('offline')
  expect(ports.mirror?.content.sqlQuery).toBe('SELECT 2')
  const again = open(workflow(), ports)
  expect(again.state().content.sqlQuery).toBe('SELECT 2')
  ports.answer = () => Promise.resolve()
  await vi.advanceTimersByTimeAsync(3000)
  expect(again.state().keeping.kind).toBe('kept')
})

test('an edit elsewhere stops the sending and leaves the text here', async () => {
  const ports = world()
  ports.answer = () => Promise.reject(new Problem('draft-conflict'))
  const document = open(workflow(), ports)
  document.change({ ...content, sqlQuery: 'SELECT mine' })
  await vi.advanceTimersByTimeAsync(1000)
  expect(document.state()).toMatchObject({ conflict: 'draft', content: { sqlQuery: 'SELECT mine' } })
  document.change({ ...content, sqlQuery: 'SELECT mine too' })
  await vi.advanceTimersByTimeAsync(60_000)
  expect(ports.sent).toHaveLength(1)
})

test('F-19: a conflict with our own draft, whose answer was lost, is none', async () => {
  const ports = world()
  ports.answer = () => Promise.reject(new TypeError('network'))
  const document = open(workflow(), ports)
  document.change({ ...content, sqlQuery: 'SELECT 2' })
  await vi.advanceTimersByTimeAsync(1000)
  ports.read = () =>
    Promise.resolve(
      Workflow.parse({
        ...workflow(),
        draft: { ...content, sqlQuery: 'SELECT 2', revision: 1, baseVersion: 1, keptAt: at },
      }),
    )
  let refused = false
  ports.answer = () => {
    if (refused) return Promise.resolve()
    refused = true
    return Promise.reject(new Problem('draft-conflict'))
  }
  await vi.advanceTimersByTimeAsync(10_000)
  expect(document.state().conflict).toBeNull()
  expect(ports.sent.at(-1)?.revision).toBe(1)
  expect(document.state().keeping.kind).toBe('kept')
})

test('F-19: a conflict with our own version, whose answer was lost, is none', async () => {
  const ports = world()
  const document = open(workflow(), ports)
  document.change({ ...content, sqlQuery: 'SELECT 2' })
  ports.save = () => Promise.reject(new TypeError('network'))
  await expect(document.save()).rejects.toThrow('network')
  document.change({ ...content, sqlQuery: 'SELECT 23' })
  ports.read = () => Promise.resolve(workflow({ sqlQuery: 'SELECT 2' }, 2))
  let refused = false
  ports.answer = () => {
    if (refused) return Promise.resolve()
    refused = true
    return Promise.reject(new Problem('draft-conflict'))
  }
  await vi.advanceTimersByTimeAsync(3000)
  expect(document.state()).toMatchObject({ version: 2, conflict: null, edited: true, keeping: { kind: 'kept' } })
  expect(ports.sent.at(-1)).toEqual({ sql: 'SELECT 23', revision: 0 })
})

test('F-31: saving names the version that was shown, and answers the new one', async () => {
  const ports = world()
  const bases: number[] = []
  ports.save = (next, base) => {
    bases.push(base)
    return Promise.resolve(workflow(next, base + 1))
  }
  const document = open(workflow({}, 4), ports)
  expect(await document.save()).toBe(4)
  document.change({ ...content, sqlQuery: 'SELECT 2' })
  expect(await document.save()).toBe(5)
  expect(bases).toEqual([4])
  expect(document.state()).toMatchObject({ edited: false, version: 5, keeping: { kind: 'saved' } })
})

test('a version saved elsewhere is a conflict that "keep mine" resolves on top of it', async () => {
  const ports = world()
  const document = open(workflow(), ports)
  ports.save = () => Promise.reject(new Problem('version-conflict'))
  document.change({ ...content, sqlQuery: 'SELECT mine' })
  await expect(document.save()).rejects.toThrow(Problem)
  expect(document.state().conflict).toBe('version')
  ports.read = () => Promise.resolve(workflow({ sqlQuery: 'SELECT theirs' }, 7))
  ports.save = (next, base) => Promise.resolve(workflow(next, base + 1))
  await document.keepMine()
  expect(document.state()).toMatchObject({ version: 8, conflict: null, content: { sqlQuery: 'SELECT mine' } })
})

test('text that follows an older draft is a conflict after every reload, not only after the first', () => {
  const ports = world()
  const draft = { ...content, sqlQuery: 'SELECT theirs', revision: 5, baseVersion: 1, keptAt: at }
  const there = { ...workflow(), draft }
  ports.mirror = { content: { ...content, sqlQuery: 'SELECT mine' }, revision: 3, baseVersion: 1 }
  for (let reload = 1; reload <= 3; reload += 1) {
    const document = open(there, ports)
    expect(document.state()).toMatchObject({
      conflict: 'draft',
      content: { sqlQuery: `SELECT mine${'!'.repeat(reload - 1)}` },
    })
    document.change({ ...content, sqlQuery: `SELECT mine${'!'.repeat(reload)}` })
    expect(ports.mirror?.revision).toBe(3)
  }
  expect(ports.sent).toEqual([])
})

test('a tab that died before its draft was answered has no conflict with itself', () => {
  const ports = world()
  const sent = { ...content, sqlQuery: 'SELECT 2' }
  const there = { ...workflow(), draft: { ...sent, revision: 6, baseVersion: 1, keptAt: at } }
  ports.mirror = { content: { ...content, sqlQuery: 'SELECT 23' }, revision: 5, baseVersion: 1, sent }
  expect(open(there, ports).state()).toMatchObject({ conflict: null, content: { sqlQuery: 'SELECT 23' } })
})

test('after a conflict the merged text goes on, following the other draft; saved, it does not pass over a newer version', async () => {
  const ports = world()
  ports.answer = () => Promise.reject(new Problem('draft-conflict'))
  const there = workflow({ sqlQuery: 'SELECT new version' }, 2)
  const draft = { ...content, sqlQuery: 'SELECT theirs', revision: 9, baseVersion: 1, keptAt: at }
  ports.read = () => Promise.resolve({ ...there, draft })
  const document = open(workflow(), ports)
  document.change({ ...content, sqlQuery: 'SELECT mine' })
  await vi.advanceTimersByTimeAsync(1000)
  expect(document.state().conflict).toBe('draft')
  await document.merge()
  expect(document.state().merging).toMatchObject({
    mine: { sqlQuery: 'SELECT mine' },
    theirs: { sqlQuery: 'SELECT theirs' },
  })
  ports.answer = () => Promise.resolve()
  document.merged('SELECT both')
  await vi.advanceTimersByTimeAsync(100)
  expect(ports.sent.at(-1)).toEqual({ sql: 'SELECT both', revision: 9 })
  expect(document.state()).toMatchObject({ version: 1, conflict: null, keeping: { kind: 'kept' } })
})

/** What both become together where a text is opened of which another version is current by now. */
async function mergedWithVersion2(mirror: Mirror | null, draft: Workflow['draft']): Promise<string | undefined> {
  const ports = world()
  const saved = { ...workflow({ sqlQuery: 'SELECT 1\n-- saved' }, 2), draft }
  ports.mirror = mirror
  ports.read = () => Promise.resolve(saved)
  ports.save = () => Promise.reject(new Problem('version-conflict'))
  const document = open(saved, ports)
  if (document.state().conflict === null) await document.save().catch(() => 0)
  await document.merge()
  return document.state().merging?.together.text
}

test('F-19: a text that began from an earlier version is taken together over that one: what it lacks was saved since, and not deleted', async () => {
  const mine = { ...content, sqlQuery: '-- mine\nSELECT 1' }
  const both = '-- mine\nSELECT 1\n-- saved'
  expect(await mergedWithVersion2({ content: mine, revision: 0, baseVersion: 1 }, null)).toBe(both)
  expect(
    await mergedWithVersion2({ content: mine, revision: 3, baseVersion: 1, known: { content, version: 1 } }, null),
  ).toBe(both)
  expect(await mergedWithVersion2(null, { ...mine, revision: 3, baseVersion: 1, keptAt: at })).toBe(both)
})

test('F-19: a text that took in a version is taken together with an older draft over what both know', async () => {
  const ports = world()
  const lines = 'SELECT 1\nFROM t\nLIMIT 5'
  const document = open(workflow({ sqlQuery: lines }), ports)
  document.change({ ...content, sqlQuery: `-- mine\n${lines}` })
  ports.save = () => Promise.reject(new Problem('version-conflict'))
  await expect(document.save()).rejects.toThrow(Problem)
  const theirs = { ...content, sqlQuery: `${lines}\n-- draft`, revision: 9, baseVersion: 1, keptAt: at }
  const there = { ...workflow({ sqlQuery: lines.replace('t', 't -- saved') }, 2), draft: theirs }
  ports.read = () => Promise.resolve(there)
  await document.merge()
  const merged = document.state().merging?.together.text ?? ''
  expect(merged).toBe('-- mine\nSELECT 1\nFROM t -- saved\nLIMIT 5')
  document.merged(merged)
  ports.answer = () => Promise.reject(new Problem('draft-conflict'))
  await vi.advanceTimersByTimeAsync(1000)
  expect(document.state().conflict).toBe('draft')
  await document.merge()
  expect(document.state().merging?.together.text).toBe(`${merged}\n-- draft`)
})

test('F-19: what is typed while the other text is read, and after, is in what both become together', async () => {
  const ports = world()
  ports.answer = () => Promise.reject(new Problem('draft-conflict'))
  const draft = { ...content, sqlQuery: '-- theirs\nSELECT 1', revision: 9, baseVersion: 1, keptAt: at }
  ports.read = () => Promise.resolve({ ...workflow(), draft })
  const document = open(workflow(), ports)
  document.change({ ...content, sqlQuery: 'SELECT 1\n-- mine' })
  await vi.advanceTimersByTimeAsync(1000)
  const begun = document.merge()
  document.change({ ...content, sqlQuery: 'SELECT 1\n-- mine\n-- while it is read' })
  await begun
  const text = document.state().merging?.together.text ?? ''
  expect(text).toBe('-- theirs\nSELECT 1\n-- mine\n-- while it is read')
  document.change({ ...content, sqlQuery: 'SELECT 1\n-- mine\n-- while it is read\n-- after' })
  document.merged(text)
  expect(document.state()).toMatchObject({ conflict: null, content: { sqlQuery: `${text}\n-- after` } })
})

test('F-19: a save that meets a draft of another window keeps both: the version is there, and the draft is told', async () => {
  const ports = world()
  const draft = { ...content, sqlQuery: 'SELECT 1\n-- theirs', revision: 9, baseVersion: 1, keptAt: at }
  ports.save = (next, base) => Promise.resolve({ ...workflow(next, base + 1), draft })
  ports.read = () => Promise.resolve({ ...workflow({ sqlQuery: '-- mine\nSELECT 1' }, 2), draft })
  const document = open(workflow(), ports)
  document.change({ ...content, sqlQuery: '-- mine\nSELECT 1' })
  expect(await document.save()).toBe(2)
  expect(document.state()).toMatchObject({ version: 2, conflict: 'draft', keeping: { kind: 'conflict' } })
  await document.merge()
  document.merged(document.state().merging?.together.text ?? '')
  await vi.advanceTimersByTimeAsync(100)
  expect(ports.sent).toEqual([{ sql: '-- mine\nSELECT 1\n-- theirs', revision: 9 }])
  expect(document.state()).toMatchObject({ version: 2, conflict: null })
})

test('a save after a draft whose answer was lost ends that draft too', async () => {
  const ports = world()
  const saves: number[] = []
  const draft = { ...content, sqlQuery: 'SELECT 2', revision: 9, baseVersion: 1, keptAt: at }
  ports.answer = () => Promise.reject(new TypeError('Failed to fetch'))
  ports.save = (next, base, draftRevision) => {
    saves.push(draftRevision)
    return Promise.resolve({ ...workflow(next, 2), draft: draftRevision === 9 ? null : draft })
  }
  const document = open(workflow(), ports)
  document.change({ ...content, sqlQuery: 'SELECT 2' })
  await vi.advanceTimersByTimeAsync(900)
  document.change({ ...content, sqlQuery: 'SELECT 23' })
  await document.save()
  expect(saves).toEqual([0, 9])
  expect(document.state()).toMatchObject({ conflict: null, keeping: { kind: 'saved' } })
})
