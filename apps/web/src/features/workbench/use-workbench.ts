import type { Schema } from '@recomamp/amc-sql'
import type {
  Instance,
  ParameterDeclaration,
  PrivacyFilteringBehavior,
  RunDefaults,
  TimeWindow,
  WorkflowContent,
  WorkflowId,
} from '@recomamp/contracts'
import { ExecutionId, Problem as ApiProblem, standardDefaults } from '@recomamp/contracts'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { workbench as t } from '#messages/workbench.ts'
import { useNow } from '#platform/clock.ts'
import { useRested } from '#platform/rested.ts'
import { useStable } from '#platform/stable.ts'
import { readStored, writeStored } from '#platform/stored.ts'
import { type BenchEditor, benchEditor } from './bench-editor.ts'
import type { DocumentState, OpenDocument } from './document.ts'
import { type RunAct, takeEarlyPress } from './early-press.ts'
import type { Findings } from './editor/findings.ts'
import type { Selected } from './editor/sql-editor.tsx'
import { askLanguage } from './editor/language/ask-language.ts'
import { type Problem, type Study, type StudyInput, uniqueProblems, valuesToSend } from './editor/language/study.ts'
import {
  type LocalTries,
  type PrivacyJudgement,
  type TriedPart,
  useLocalTries,
  usePrivacyPreview,
} from './use-local-run.ts'
import { type Run, type RunBody, type StartedExecution, useRun } from './use-run.ts'
import { useStudy } from './use-study.ts'
import { type WindowChoice, choiceOfParam, filled, paramOfChoice, readWindow } from './values/window-choice.ts'

interface WorkbenchInput {
  workflowId: WorkflowId
  state: DocumentState
  document: OpenDocument
  schema: Schema | null
  instance: Instance | null
  windowParam: string | undefined
  onWindowParam: (param: string | undefined) => void
  onStarted: (execution: StartedExecution) => void
  /** The place in the text at which it is opened. */
  openAt: number | undefined
  /** False while another query is opened in its place, or it is not sure at which instance this one runs. */
  ready: boolean
  /** Told what was pressed before, which is done once it is. */
  onEarly: (act: RunAct) => void
}

export interface Bench {
  state: DocumentState
  document: OpenDocument
  editor: BenchEditor
  schema: Schema | null
  instance: Instance | null
  study: Study
  /** Tables that the query names. */
  used: ReadonlySet<string>
  problems: readonly Problem[]
  /** The problems with the text that they speak of. */
  findings: Findings
  guessed: ReadonlySet<string>
  now: Date
  /** Of the instance: its default window, and from when its days are settled. */
  defaults: RunDefaults
  windowChoice: WindowChoice
  setWindowChoice: (choice: WindowChoice) => void
  privacy: PrivacyFilteringBehavior
  setPrivacy: (privacy: PrivacyFilteringBehavior) => void
  run: Run
  /** Why Run does nothing now, in words. */
  blocked: string | null
  /** Runs the text on screen, or the selection where that is a whole query. */
  start: () => void
  /** Lets AMC check the same, and nothing more. */
  check: () => void
  /** Runs the same on synthetic data, without AMC. */
  tryLocally: () => void
  /** Runs the WITH part at the cursor on synthetic data. */
  tryPart: () => void
  tries: LocalTries
  /** Judges on synthetic data what the thresholds would leave of the result. */
  judgePrivacy: () => void
  judgement: PrivacyJudgement | null
  dismissJudgement: () => void
  /** Takes a coarser grouping, or a longer window, and judges again. */
  tryGrouping: (grouping: { sqlQuery: string; window: TimeWindow | null }) => void
  /** The selection is a whole query, which then is what runs. */
  selected: boolean
  select: (selected: Selected | null) => void
  /** What Run sends now; null while it would send nothing. */
  request: RunBody | null
  workflowId: WorkflowId
  save: () => void
  /** Makes a version of the text with the declarations that follow from it, and answers its number. */
  saveStudied: () => Promise<number>
  /** Why the last save failed. */
  saveProblem: unknown
  edit: (change: Partial<WorkflowContent>) => void
  declare: (declaration: ParameterDeclaration) => void
  /** Takes a guessed declaration as it stands, whatever the text tells from now on. */
  keepDeclaration: (name: string) => void
  renameParameter: (from: string, to: string) => void
  /** Grows with each run that was accepted. */
  started: number
}

const privacyKey = 'recomamp.privacy'
/** As long as something speaks against running it until Run says so. */
const blockedMs = 500

/** All that the panes of the workbench share: the text with its study, the window, the privacy setting, and running it. */
export function useWorkbench(workbench: WorkbenchInput): Bench {
  const { state, document, schema, instance } = workbench
  const { content } = state
  const [editor] = useState(() => benchEditor(workbench.workflowId, workbench.openAt))
  const now = useNow(60_000)
  const defaults = instance?.defaults ?? standardDefaults
  // Null as long as nobody has chosen: the window is then that of the instance, also once it is another one.
  const [ownChoice, setOwnChoice] = useState(() =>
    workbench.windowParam === undefined ? null : choiceOfParam(workbench.windowParam, now, defaults),
  )
  const windowChoice = useMemo(
    () => (ownChoice === null ? choiceOfParam(undefined, now, defaults) : filled(ownChoice, now, defaults)),
    [ownChoice, now, defaults],
  )
  const [privacy, setPrivacyState] = useState(readPrivacy)
  const [guessed, setGuessed] = useState<ReadonlySet<string>>(new Set())
  const [saveProblem, setSaveProblem] = useState<unknown>(null)
  const [started, setStarted] = useState(0)
  const run = useRun()
  const tries = useLocalTries()
  const judging = usePrivacyPreview()
  // Known before the run, so that what is shown of it beforehand is what goes out.
  const [runId, setRunId] = useState(newRunId)
  const [selected, setSelected] = useState<Selected | null>(null)
  const latestSelected = useRef<Selected | null>(null)
  const isStarting = useRef(false)
  const { onWindowParam } = workbench
  const tellWindow = useRef(onWindowParam)
  useLayoutEffect(() => void (tellWindow.current = onWindowParam))
  const setWindowChoice = useCallback(
    (choice: WindowChoice) => {
      const param = paramOfChoice(choice, now, defaults)
      setOwnChoice(param === undefined ? null : choice)
      if (param !== null) tellWindow.current(param)
    },
    [now, defaults],
  )
  const setPrivacy = useCallback((next: PrivacyFilteringBehavior) => {
    setPrivacyState(next)
    writeStored('local', privacyKey, next)
  }, [])

  const declared = useMemo(
    () => content.parameters.filter((each) => !guessed.has(each.name)),
    [content.parameters, guessed],
  )
  // One object as long as it is the same window: the study begins anew with each new one.
  const { window } = useMemo(() => readWindow(windowChoice, now, defaults), [windowChoice, now, defaults])
  const { sqlQuery, values } = content
  const input = useMemo<StudyInput>(
    () => ({
      text: sqlQuery,
      declared,
      values,
      window,
      privacy,
      now,
      settledAfterDays: defaults.settledAfterDays,
    }),
    [sqlQuery, declared, values, window, privacy, now, defaults],
  )
  const study = useStudy(input, schema, declareNew)
  const refused = run.findings
  const problems = useMemo(
    () => (refused.length === 0 ? study.problems : uniqueProblems(study.text, [...study.problems, ...refused])),
    [refused, study],
  )

  // As one text, which is the same as long as the names are.
  const tables = study.tables.join(' ')
  const blocked = blockedBy({ content, instance, windowFault: window === null, problems })
  // What somebody is just writing is unfinished again and again; Run looks at the text itself when it is pressed.
  const restedBlocked = useRested(blocked, blockedMs)

  /** A name that is new in the text is declared at once, with a guess; a guess goes with its last use. */
  function declareNew(next: Study): void {
    const latest = document.state().content
    if (next.text !== latest.sqlQuery) return
    const isSame =
      latest.parameters.length === next.declarations.length &&
      latest.parameters.every((each) => !guessed.has(each.name) || isGuess(each, next))
    if (isSame) return
    const known = new Set(declared.map((each) => each.name))
    setGuessed(new Set(next.declarations.filter((each) => !known.has(each.name)).map((each) => each.name)))
    document.change({ ...latest, parameters: next.declarations })
  }

  function save(): void {
    setSaveProblem(null)
    document.save().catch((error: unknown) => {
      // A version conflict has its own notice, with both ways out.
      if (!(error instanceof ApiProblem && error.type === 'version-conflict')) setSaveProblem(error)
    })
  }

  /** Looks at a text as it is now, with the values of the moment. */
  function studyNow(text: string): Promise<Study> {
    return askLanguage('study', { ...input, text, values: document.state().content.values })
  }

  async function saveStudied(): Promise<number> {
    const { content: latest } = document.state()
    const current = await studyNow(latest.sqlQuery)
    document.change({ ...latest, parameters: current.declarations })
    return document.save()
  }

  const acts: Record<RunAct, () => Promise<void>> = {
    start: () => startChecked(false),
    check: () => startChecked(true),
    tryLocally: startTry,
    tryPart: startPart,
    judgePrivacy: startJudging,
  }
  const press = useStable((act: RunAct) => (workbench.ready ? begin(acts[act]) : workbench.onEarly(act)))
  useEffect(() => {
    if (!workbench.ready) return
    const early = takeEarlyPress(workbench.workflowId)
    if (early !== null) press(early)
  }, [workbench.ready, workbench.workflowId, press])

  function begin(work: () => Promise<void>): void {
    if (run.phase !== 'idle' || isStarting.current) return
    isStarting.current = true
    setSaveProblem(null)
    work()
      .catch(setSaveProblem)
      .finally(() => (isStarting.current = false))
  }

  /** The text to run, looked at as it is now; null where it is empty or has an error, which is then shown. */
  async function toRun(): Promise<{ text: string; study: Study; isSelection: boolean } | null> {
    const { content: latest } = document.state()
    const piece = selected !== null && editor.selection()?.text === selected.text ? selected : null
    const text = piece?.text ?? latest.sqlQuery
    if (text.trim() === '' || window === null) return null
    const current = await studyNow(text)
    const fault = current.problems.find((each) => each.severity === 'error')
    if (fault !== undefined) {
      const offset = piece?.from ?? 0
      editor.select(offset + fault.from, offset + fault.to)
      return null
    }
    if (piece === null) document.change({ ...latest, parameters: current.declarations })
    return { text, study: current, isSelection: piece !== null }
  }

  /** What runs: the version that says exactly this, or the text itself, which becomes none. */
  function bodyOf(text: string, looked: Study, dryRun: boolean, id: ExecutionId): RunBody | null {
    if (instance === null || window === null) return null
    const content = { sqlQuery: text, parameters: looked.declarations }
    const version = document.versionOf(content)
    return {
      id,
      ...(version === null ? { unsaved: { ...content, baseVersion: document.state().version } } : { version }),
      instanceId: instance.id,
      values: valuesToSend(looked, document.state().content.values),
      window,
      privacyFilteringBehavior: privacy,
      dryRun,
    }
  }

  async function startChecked(dryRun: boolean): Promise<void> {
    if (instance === null) return
    const ready = await toRun()
    const body = ready === null ? null : bodyOf(ready.text, ready.study, dryRun, runId)
    if (body !== null) void send(body)
  }

  async function send(body: RunBody): Promise<void> {
    const execution = await run.start(workbench.workflowId, body)
    // Whatever became of it: the same id is never sent for another request.
    setRunId(newRunId())
    if (execution === null) return
    setStarted((count) => count + 1)
    workbench.onStarted(execution)
  }

  async function startTry(): Promise<void> {
    const ready = await toRun()
    if (ready === null || window === null) return
    await tryText({ kind: ready.isSelection ? 'selection' : 'query' }, ready.text, ready.study, privacy)
  }

  async function startPart(): Promise<void> {
    const { content: latest } = document.state()
    if (!study.checked) return setSaveProblem(new Error(t.run.noTables))
    const part = await askLanguage('partQuery', latest.sqlQuery, editor.cursor())
    if (part === null) return setSaveProblem(new Error(t.run.noPart))
    // Rows of single users are shown: nothing of it goes to AMC, and the people are synthetic.
    await tryText({ kind: 'part', name: part.name }, part.text, await studyNow(part.text), 'OFF')
  }

  async function startJudging(): Promise<void> {
    const ready = await toRun()
    if (ready !== null) await judge(ready.text, ready.study, window)
  }

  function judge(text: string, looked: Study, within: TimeWindow | null): Promise<void> {
    return judging.start({
      sqlQuery: text,
      parameters: looked.declarations,
      values: valuesToSend(looked, document.state().content.values),
      ...(within === null ? {} : { window: within }),
    })
  }

  /** The text is changed as by hand, in one step that can be undone. */
  async function takeGrouping(grouping: { sqlQuery: string; window: TimeWindow | null }): Promise<void> {
    const { sqlQuery: before } = document.state().content
    if (grouping.window !== null)
      setWindowChoice(
        choiceOfParam(`${grouping.window.start}..${grouping.window.end}@${grouping.window.timeZone}`, now, defaults),
      )
    else editor.apply([{ from: 0, to: before.length, text: grouping.sqlQuery }], before)
    const text = grouping.window === null ? grouping.sqlQuery : before
    await judge(text, await studyNow(text), grouping.window ?? window)
  }

  function tryText(part: TriedPart, text: string, looked: Study, filtering: PrivacyFilteringBehavior | 'OFF') {
    return tries.start(part, {
      sqlQuery: text,
      parameters: looked.declarations,
      values: valuesToSend(looked, document.state().content.values),
      ...(window === null ? {} : { window }),
      privacy: filtering,
    })
  }

  async function select(next: Selected | null): Promise<void> {
    latestSelected.current = next
    const isQuery = next !== null && (await askLanguage('isQuery', next.text).catch(() => false))
    if (latestSelected.current === next) setSelected(isQuery ? next : null)
  }

  const isLooked = study.checked && study.text === sqlQuery
  const request = useMemo(
    () => (isLooked && blocked === null ? bodyOf(sqlQuery, study, false, runId) : null),
    // oxlint-disable-next-line react/exhaustive-deps -- all that bodyOf reads
    [isLooked, blocked, sqlQuery, values, study, runId, instance, window, privacy, state.version, state.edited],
  )

  return {
    state,
    document,
    editor,
    schema,
    instance,
    study,
    used: useMemo(() => new Set(tables.split(' ').filter(Boolean)), [tables]),
    problems,
    findings: useMemo(() => ({ text: study.text, list: problems }), [study.text, problems]),
    guessed,
    now,
    defaults,
    windowChoice,
    setWindowChoice,
    privacy,
    setPrivacy,
    run,
    blocked: restedBlocked === null ? null : blocked,
    start: useCallback(() => press('start'), [press]),
    check: useCallback(() => press('check'), [press]),
    tryLocally: useCallback(() => press('tryLocally'), [press]),
    tryPart: useCallback(() => press('tryPart'), [press]),
    tries,
    judgePrivacy: useCallback(() => press('judgePrivacy'), [press]),
    judgement: judging.latest,
    dismissJudgement: judging.dismiss,
    tryGrouping: useStable((grouping: { sqlQuery: string; window: TimeWindow | null }) =>
      begin(() => takeGrouping(grouping)),
    ),
    selected: selected !== null,
    select: useStable((next: Selected | null) => void select(next)),
    request,
    workflowId: workbench.workflowId,
    save: useStable(save),
    saveStudied: useStable(saveStudied),
    saveProblem,
    edit: useStable((change: Partial<WorkflowContent>) => {
      if (change.sqlQuery !== undefined && (refused.length > 0 || run.problem !== null)) run.dismiss()
      document.change({ ...document.state().content, ...change })
    }),
    declare(declaration) {
      setGuessed((old) => new Set([...old].filter((name) => name !== declaration.name)))
      const { content: latest } = document.state()
      const others = latest.parameters.some((each) => each.name === declaration.name)
      document.change({
        ...latest,
        parameters: others
          ? latest.parameters.map((each) => (each.name === declaration.name ? declaration : each))
          : [...latest.parameters, declaration],
      })
    },
    keepDeclaration: (name) => setGuessed((old) => new Set([...old].filter((each) => each !== name))),
    renameParameter(from, to) {
      const renamed = (name: string) => (name === from ? to : name)
      const { content: latest } = document.state()
      setGuessed((old) => new Set([...old].map(renamed)))
      document.change({
        ...latest,
        parameters: latest.parameters.map((each) => ({ ...each, name: renamed(each.name) })),
        values: Object.fromEntries(Object.entries(latest.values).map(([name, value]) => [renamed(name), value])),
      })
    },
    started,
  }
}

function newRunId(): ExecutionId {
  return ExecutionId.parse(crypto.randomUUID())
}

function isGuess(declaration: ParameterDeclaration, study: Study): boolean {
  const guess = study.declarations.find((each) => each.name === declaration.name)
  return guess?.type === declaration.type && guess.list === declaration.list
}

function readPrivacy(): PrivacyFilteringBehavior {
  return readStored('local', privacyKey) === 'REMOVE_ROWS' ? 'REMOVE_ROWS' : 'REMOVE_VALUES'
}

function blockedBy(facts: {
  content: WorkflowContent
  instance: Instance | null
  windowFault: boolean
  problems: readonly Problem[]
}): string | null {
  if (facts.content.sqlQuery.trim() === '') return t.run.blocked.empty
  if (facts.instance === null) return t.run.blocked.instance
  if (facts.windowFault) return t.run.blocked.window
  const fault = facts.problems.find((each) => each.severity === 'error')
  return fault === undefined ? null : t.run.blocked.problem(fault.message)
}
