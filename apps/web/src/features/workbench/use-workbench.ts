import type { Schema } from '@recomamp/amc-sql'
import type {
  Instance,
  ParameterDeclaration,
  PrivacyFilteringBehavior,
  WorkflowContent,
  WorkflowId,
} from '@recomamp/contracts'
import { Problem as ApiProblem } from '@recomamp/contracts'
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { workbench as t } from '#messages/workbench.ts'
import { useNow } from '#platform/clock.ts'
import { useStable } from '#platform/stable.ts'
import { readStored, writeStored } from '#platform/stored.ts'
import type { DocumentState, OpenDocument } from './document.ts'
import type { Findings } from './editor/findings.ts'
import type { EditorHandle } from './editor/sql-editor.tsx'
import { askLanguage } from './editor/language/ask-language.ts'
import { type Problem, type Study, type StudyInput, uniqueProblems, valuesToSend } from './editor/language/study.ts'
import { type Run, type RunOrder, type StartedExecution, useRun } from './use-run.ts'
import { useStudy } from './use-study.ts'
import { type WindowChoice, choiceOfParam, paramOfChoice, readWindow } from './values/window-choice.ts'

interface WorkbenchInput {
  workflowId: WorkflowId
  state: DocumentState
  document: OpenDocument
  schema: Schema | null
  instance: Instance | null
  windowParam: string | undefined
  onWindowParam: (param: string | undefined) => void
  onStarted: (execution: StartedExecution) => void
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
  windowChoice: WindowChoice
  setWindowChoice: (choice: WindowChoice) => void
  privacy: PrivacyFilteringBehavior
  setPrivacy: (privacy: PrivacyFilteringBehavior) => void
  run: Run
  /** Why Run does nothing now, in words. */
  blocked: string | null
  start: () => void
  /** Lets AMC check the text on screen, which is not saved by it. */
  check: () => void
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

/** The editor as the other panes reach it; while none is on screen nothing happens. */
export interface BenchEditor extends EditorHandle {
  attach: (handle: EditorHandle | null) => void
}

function benchEditor(): BenchEditor {
  let handle: EditorHandle | null = null
  return {
    attach: (next) => void (handle = next),
    insert: (text) => handle?.insert(text),
    select: (from, to) => handle?.select(from, to),
    cursor: () => handle?.cursor() ?? 0,
    apply: (edits, ofText) => handle?.apply(edits, ofText),
    format: () => handle?.format(),
  }
}

const privacyKey = 'recomamp.privacy'

/** All that the panes of the workbench share: the text with its study, the window, the privacy setting, and running it. */
export function useWorkbench(workbench: WorkbenchInput): Bench {
  const { state, document, schema, instance } = workbench
  const { content } = state
  const [editor] = useState(benchEditor)
  const now = useNow(60_000)
  const [windowChoice, setWindowState] = useState(() => choiceOfParam(workbench.windowParam, now))
  const [privacy, setPrivacyState] = useState(readPrivacy)
  const [guessed, setGuessed] = useState<ReadonlySet<string>>(new Set())
  const [saveProblem, setSaveProblem] = useState<unknown>(null)
  const [started, setStarted] = useState(0)
  const run = useRun()
  const isStarting = useRef(false)
  const { onWindowParam } = workbench
  const tellWindow = useRef(onWindowParam)
  useLayoutEffect(() => void (tellWindow.current = onWindowParam))
  const setWindowChoice = useCallback(
    (choice: WindowChoice) => {
      setWindowState(choice)
      const param = paramOfChoice(choice, now)
      if (param !== null) tellWindow.current(param)
    },
    [now],
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
  const { window } = useMemo(() => readWindow(windowChoice, now), [windowChoice, now])
  const { sqlQuery, values } = content
  const input = useMemo<StudyInput>(
    () => ({ text: sqlQuery, declared, values, window, privacy, now }),
    [sqlQuery, declared, values, window, privacy, now],
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

  async function saveStudied(): Promise<number> {
    const { content: latest } = document.state()
    const current = await askLanguage('study', { ...input, text: latest.sqlQuery, values: latest.values })
    document.change({ ...latest, parameters: current.declarations })
    return document.save()
  }

  function start(dryRun = false): void {
    if (run.phase !== 'idle' || isStarting.current) return
    isStarting.current = true
    setSaveProblem(null)
    startChecked(dryRun)
      .catch(setSaveProblem)
      .finally(() => (isStarting.current = false))
  }

  /** Looks at the text as it is now, and runs it unless it has an error; the first one is shown. */
  async function startChecked(dryRun: boolean): Promise<void> {
    const { content: latest } = document.state()
    if (latest.sqlQuery.trim() === '' || instance === null || window === null) return
    const current = await askLanguage('study', { ...input, text: latest.sqlQuery, values: latest.values })
    const fault = current.problems.find((each) => each.severity === 'error')
    if (fault !== undefined) return editor.select(fault.from, fault.to)
    document.change({ ...latest, parameters: current.declarations })
    void send({
      workflowId: workbench.workflowId,
      text: async () => (dryRun ? { unsaved: textOf(document.state().content) } : { version: await document.save() }),
      dryRun,
      instanceId: instance.id,
      values: valuesToSend(current, latest.values),
      window,
      privacy,
    })
  }

  async function send(order: RunOrder): Promise<void> {
    const execution = await run.start(order)
    if (execution === null) return
    setStarted((count) => count + 1)
    workbench.onStarted(execution)
  }

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
    windowChoice,
    setWindowChoice,
    privacy,
    setPrivacy,
    run,
    blocked,
    start: useStable(() => start()),
    check: useStable(() => start(true)),
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

function textOf({ sqlQuery, parameters }: WorkflowContent) {
  return { sqlQuery, parameters }
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
