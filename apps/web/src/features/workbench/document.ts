import type { Workflow, WorkflowContent } from '@recomamp/contracts'
import { Problem } from '@recomamp/contracts'
import type { Known, Mirror } from './draft/draft-mirror.ts'
import { mergeContents, mergeFields } from './draft/merge-contents.ts'
import { mergeTexts } from './draft/merge-texts.ts'
import { sameContent } from './draft/same-content.ts'

/** Where the text on screen stands: in this browser only, on its way, or kept by the server. */
export type Keeping =
  | { kind: 'untouched' }
  | { kind: 'saved' }
  | { kind: 'waiting' }
  | { kind: 'kept'; at: Date }
  | { kind: 'offline' }
  | { kind: 'failed'; reason: string }
  | { kind: 'conflict' }

export interface DocumentState {
  content: WorkflowContent
  keeping: Keeping
  /** The version that the text is based on. */
  version: number
  /** Whether the text differs from that version. */
  edited: boolean
  saving: boolean
  /** What was found to be newer elsewhere; the text here stays. */
  conflict: 'draft' | 'version' | null
  /** What both texts are taken together from; meanwhile nobody writes in the editor. */
  merging: Merging | null
  /** Grows when the text was replaced from outside, so that the editor takes it over. */
  replaced: number
}

/** What was edited elsewhere, what stood here when it was read, what both began from, and what becomes of them together. */
export interface Merging {
  workflow: Workflow
  base: WorkflowContent
  theirs: WorkflowContent
  mine: WorkflowContent
  together: { text: string; clashes: number }
}

export interface DocumentPorts {
  keepDraft(
    content: WorkflowContent,
    revision: number,
    baseVersion: number,
  ): Promise<{ revision: number; keptAt: string }>
  save(content: WorkflowContent, baseVersion: number, draftRevision: number): Promise<Workflow>
  read(): Promise<Workflow>
  readVersion(version: number): Promise<WorkflowContent>
  readMirror(): Mirror | null
  writeMirror(mirror: Mirror | null): void
}

export interface OpenDocument {
  state: () => DocumentState
  subscribe: (listener: () => void) => () => void
  /** Takes new text: it is mirrored at once and sent as a draft within a second. */
  change(content: WorkflowContent): void
  /** The version that says exactly this text with these declarations; null where none does. */
  versionOf(content: Pick<WorkflowContent, 'sqlQuery' | 'parameters'>): number | null
  /** Makes a version of the text unless it is one already, and answers its number. */
  save(): Promise<number>
  /** After a conflict: makes the text here the newest version. */
  keepMine(): Promise<void>
  /** After a conflict: shows the text of the server instead. */
  takeTheirs(): Promise<void>
  /** After a conflict: reads what is there, and begins to take both texts together. */
  merge(): Promise<void>
  cancelMerge(): void
  /** Goes on with a text in which the other one was taken in; a newer one than that is a conflict again. */
  merged(sqlQuery: string): void
  /** Sends at once what waits, for example when the network is back. */
  flush(): void
  /** Begins to send; the answer ends it, with what waits sent once more. */
  attach(): () => void
}

const keepWithinMs = 800
const longestPauseMs = 30_000

/**
 * One query open for editing. Drafts go out one at a time, each naming the revision that it follows, at a steady pace that
 * typing never restarts (F-19); a conflict stops the sending and never touches the text on screen.
 */
export function openDocument(workflow: Workflow, ports: DocumentPorts): OpenDocument {
  const start = startOf(workflow, ports.readMirror())
  let saved = workflow.current
  let known = start.known
  let revision = start.revision
  let state: DocumentState = {
    content: start.content,
    keeping: start.keeping,
    version: start.baseVersion,
    edited: !sameContent(start.content, saved),
    saving: false,
    conflict: start.conflict,
    merging: null,
    replaced: 0,
  }
  let unsent = start.unsent
  let unanswered: WorkflowContent | null = null
  /** What a save without an answer may have made the newest version. */
  let perhapsSaved: WorkflowContent | null = null
  let underway: WorkflowContent | null = null
  let inFlight: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let attached = false
  const listeners = new Set<() => void>()

  function set(change: Partial<DocumentState>): void {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  function schedule(ms: number): void {
    if (timer !== undefined || !attached) return
    timer = setTimeout(() => {
      timer = undefined
      void send()
    }, ms)
  }

  function mirror(): void {
    const sent = unanswered ?? underway ?? undefined
    const baseVersion = state.version
    ports.writeMirror(
      unsent ? { content: state.content, revision, baseVersion, known: known ?? undefined, sent } : null,
    )
  }

  function send(): Promise<void> {
    if (inFlight !== null || !unsent || state.conflict !== null || state.saving) return inFlight ?? Promise.resolve()
    const content = state.content
    unsent = false
    underway = content
    inFlight = keep(content).finally(() => {
      inFlight = null
      underway = null
      mirror()
      if (unsent && state.conflict === null) schedule(failures === 0 ? keepWithinMs : pauseAfter(failures))
    })
    return inFlight
  }

  async function keep(content: WorkflowContent): Promise<void> {
    const baseVersion = state.version
    try {
      const kept = await ports.keepDraft(content, revision, baseVersion)
      revision = kept.revision
      known = { content, version: baseVersion }
      unanswered = null
      failures = 0
      set({ keeping: unsent ? { kind: 'waiting' } : { kind: 'kept', at: new Date(kept.keptAt) } })
    } catch (error) {
      unsent = true
      if (error instanceof Problem && error.type === 'draft-conflict') return settleConflict()
      failures += 1
      if (!(error instanceof Problem)) unanswered = content
      set({ keeping: error instanceof Problem ? { kind: 'failed', reason: error.message } : { kind: 'offline' } })
    }
  }

  /** A conflict with our own text, whose answer was lost, is none: the draft or the version there is taken as the one to follow. */
  async function settleConflict(): Promise<void> {
    const lost = { draft: unanswered, version: perhapsSaved }
    unanswered = null
    perhapsSaved = null
    const isLost = lost.draft !== null || lost.version !== null
    const theirs = isLost ? await ports.read().catch(() => null) : null
    const isSaved = lost.version !== null && theirs !== null && sameContent(theirs.current, lost.version)
    if (isSaved && theirs.draft !== null) {
      saved = theirs.current
      set({ version: saved.version, edited: !sameContent(state.content, saved) })
    }
    if (lost.draft !== null && theirs?.draft && sameContent(theirs.draft, lost.draft)) {
      revision = theirs.draft.revision
      known = { content: lost.draft, version: theirs.draft.baseVersion }
    } else if (isSaved && theirs.draft === null) {
      adopt(theirs)
      unsent = state.edited
      set({ keeping: unsent ? { kind: 'waiting' } : { kind: 'saved' } })
    } else set({ conflict: 'draft', keeping: { kind: 'conflict' } })
  }

  async function save(): Promise<number> {
    await inFlight
    if (!state.edited) return state.version
    clearTimeout(timer)
    timer = undefined
    const content = state.content
    set({ saving: true })
    try {
      const next = await saveOver(content)
      const follows = { known, revision }
      adopt(next)
      unsent = !sameContent(state.content, saved)
      if (next.draft === null) set({ keeping: unsent ? { kind: 'waiting' } : { kind: 'saved' } })
      else {
        // Kept by another window, which has text that this version lacks.
        ;({ known, revision } = follows)
        set({ version: next.current.version, conflict: 'draft', keeping: { kind: 'conflict' } })
      }
      return state.version
    } catch (error) {
      if (!(error instanceof Problem)) perhapsSaved = content
      if (error instanceof Problem && error.type === 'version-conflict')
        set({ conflict: 'version', keeping: { kind: 'conflict' } })
      throw error
    } finally {
      set({ saving: false })
      mirror()
      if (unsent) schedule(keepWithinMs)
    }
  }

  /** Saves, and with it ends the draft that this text follows, also where nobody told what revision it was kept as. */
  async function saveOver(content: WorkflowContent): Promise<Workflow> {
    const next = await ports.save(content, state.version, revision)
    const { draft } = next
    const isOurs = draft !== null && [content, unanswered].some((text) => text !== null && sameContent(draft, text))
    unanswered = null
    perhapsSaved = null
    return isOurs ? ports.save(content, next.current.version, draft.revision) : next
  }

  function adopt(next: Workflow): void {
    saved = next.current
    revision = next.draft?.revision ?? 0
    known = newestOf(next)
    // A draft that began from an earlier version stays one of that version: saved, it must not pass over what came since.
    set({
      version: next.draft?.baseVersion ?? next.current.version,
      conflict: null,
      merging: null,
      edited: !sameContent(state.content, saved),
    })
  }

  /** What the text here and a draft or version from elsewhere have in common: what this one follows, together with the version that both
   *  have taken in since. Over anything newer, what one of them lacks would pass for deleted. */
  async function commonWith(theirs: Known): Promise<WorkflowContent> {
    if (known === null) return contentOfVersion(Math.min(theirs.version, state.version))
    if (theirs.version === known.version || state.version < theirs.version) return known.content
    const version = await contentOfVersion(theirs.version)
    if (theirs.version < known.version) return version
    return mergeContents(await contentOfVersion(known.version), known.content, version)
  }

  async function contentOfVersion(version: number): Promise<WorkflowContent> {
    return version === saved.version ? saved : ports.readVersion(version)
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change(content) {
      if (sameContent(content, state.content)) return
      unsent = true
      set({
        content,
        edited: !sameContent(content, saved),
        keeping: state.conflict === null ? { kind: 'waiting' } : { kind: 'conflict' },
      })
      mirror()
      if (inFlight === null) schedule(keepWithinMs)
    },
    versionOf: ({ sqlQuery, parameters }) =>
      sameContent({ ...saved, sqlQuery, parameters }, saved) ? saved.version : null,
    save,
    async keepMine() {
      const theirs = await ports.read()
      // Chosen over the draft there, which ends with the save.
      revision = theirs.draft?.revision ?? 0
      saved = theirs.current
      set({ version: theirs.current.version, conflict: null, merging: null, edited: true })
      await save()
    },
    async takeTheirs() {
      const theirs = await ports.read()
      unsent = false
      adopt(theirs)
      const content = contentOf(theirs.draft ?? theirs.current)
      set({
        content,
        edited: !sameContent(content, saved),
        keeping: theirs.draft ? { kind: 'kept', at: new Date(theirs.draft.keptAt) } : { kind: 'saved' },
        replaced: state.replaced + 1,
      })
      mirror()
    },
    async merge() {
      const there = await ports.read()
      const isOfVersion = state.conflict === 'version'
      const newest = newestOf(there)
      const theirs = isOfVersion ? contentOf(there.current) : newest.content
      const base = await (isOfVersion ? contentOfVersion(state.version) : commonWith(newest))
      const mine = state.content
      const together = mergeTexts(base.sqlQuery, mine.sqlQuery, theirs.sqlQuery)
      if (state.conflict !== null) set({ merging: { workflow: there, base, theirs, mine, together } })
    },
    cancelMerge: () => set({ merging: null }),
    merged(sqlQuery) {
      if (state.merging === null) return
      const { workflow: there, base, theirs, mine } = state.merging
      const isOfVersion = state.conflict === 'version'
      // The draft of a version that was saved elsewhere is not looked at here: whoever kept it is not passed over.
      if (!isOfVersion || there.draft === null) {
        revision = there.draft?.revision ?? 0
        known = newestOf(there)
      }
      saved = there.current
      unsent = true
      // What still came into the editor after the texts were read is in neither of them.
      const { text } = mergeTexts(mine.sqlQuery, state.content.sqlQuery, sqlQuery)
      const content = { ...mergeFields(base, state.content, theirs), sqlQuery: text }
      set({
        content,
        version:
          isOfVersion || state.version === there.current.version
            ? there.current.version
            : (there.draft?.baseVersion ?? there.current.version),
        edited: !sameContent(content, saved),
        keeping: { kind: 'waiting' },
        conflict: null,
        merging: null,
        replaced: state.replaced + 1,
      })
      mirror()
      schedule(0)
    },
    flush() {
      clearTimeout(timer)
      timer = undefined
      void send()
    },
    attach() {
      attached = true
      if (unsent && state.conflict === null) schedule(keepWithinMs)
      return () => {
        clearTimeout(timer)
        timer = undefined
        attached = false
        void send()
      }
    },
  }
}

interface Start {
  content: WorkflowContent
  known: Known | null
  revision: number
  baseVersion: number
  unsent: boolean
  conflict: DocumentState['conflict']
  keeping: Keeping
}

/** What to show first: unsent text of this browser before the draft of the server, and that before the saved version. */
function startOf(workflow: Workflow, mirror: Mirror | null): Start {
  const { current, draft } = workflow
  const there = contentOf(draft ?? current)
  const server: Start = {
    content: there,
    known: newestOf(workflow),
    revision: draft?.revision ?? 0,
    baseVersion: draft?.baseVersion ?? current.version,
    unsent: false,
    conflict: null,
    keeping: draft
      ? { kind: 'kept', at: new Date(draft.keptAt) }
      : current.sqlQuery === '' && current.version === 1
        ? { kind: 'untouched' }
        : { kind: 'saved' },
  }
  if (mirror === null || sameContent(mirror.content, server.content)) return server
  const isOurs = mirror.sent !== undefined && sameContent(mirror.sent, server.content)
  const follows = mirror.baseVersion === server.baseVersion && (mirror.revision === server.revision || isOurs)
  // A text that follows another draft keeps saying so: after the next reload it would else pass for one that follows this one.
  return {
    content: mirror.content,
    known: follows ? server.known : (mirror.known ?? null),
    revision: follows ? server.revision : mirror.revision,
    baseVersion: mirror.baseVersion,
    unsent: true,
    conflict: follows ? null : 'draft',
    keeping: follows ? { kind: 'waiting' } : { kind: 'conflict' },
  }
}

function pauseAfter(failures: number): number {
  return Math.min(longestPauseMs, 1000 * 2 ** Math.min(failures, 5))
}

/** The draft that the server has, or else the version. */
function newestOf({ current, draft }: Workflow): Known {
  return { content: contentOf(draft ?? current), version: draft?.baseVersion ?? current.version }
}

function contentOf({ name, sqlQuery, parameters, values }: WorkflowContent): WorkflowContent {
  return { name, sqlQuery, parameters, values }
}
