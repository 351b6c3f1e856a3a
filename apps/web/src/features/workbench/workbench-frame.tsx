import type { Execution } from '@recomamp/contracts'
import type { ReactNode } from 'react'
import { Suspense, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { workbench as t } from '#messages/workbench.ts'
import { offerInsertion } from '#platform/insertion.ts'
import { useWidth } from '#platform/width.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Splitter, usePaneSize } from '#ui/splitter.tsx'
import { ConflictNotice } from './conflict-notice.tsx'
import { DocumentBar } from './document-bar.tsx'
import { EditorColumn } from './editor-column.tsx'
import { PaneButton, usePanesAway, usePaneKeys } from './panes.tsx'
import { hasAnswer, newsOf, ResultPane } from './result-pane.tsx'
import { RunBar, runBarProps } from './run-bar.tsx'
import { Steps } from './steps.tsx'
import type { LocalTry } from './use-local-run.ts'
import { useRunKeys } from './use-run-keys.ts'
import type { Bench } from './use-workbench.ts'
import { ValuesPane } from './values-pane.tsx'

export interface WorkbenchFrameProps {
  bench: Bench
  renderSchema: (insert: (name: string) => void) => ReactNode
  /** Its versions and how they differ, in place of the editor; false while they are not asked for. */
  history: ReactNode
  onHistory: () => void
  /** What AMC keeps of the query. */
  copy: ReactNode
  /** What an empty query offers. */
  start: ReactNode
  /** The result of AMC that is shown; gets the way to a place in the editor. Null before there is one. */
  renderResult: ((select: (from: number, to: number) => void) => ReactNode) | null
  renderTry: (tried: LocalTry) => ReactNode
  /** The run whose result is shown, once it is known. */
  shownRun: Execution | null
}

const PhoneFrame = lazyPart(() => import('./phone-frame.tsx').then((module) => module.PhoneFrame))
const RequestPane = lazyPart(() => import('./request-pane.tsx').then((module) => module.RequestPane))
const Drawer = lazyPart(() => import('./drawer.tsx').then((module) => module.Drawer))

/**
 * The panes of the workbench in the layout that fits: side by side, with drawers, or as tabs. Each pane beside the editor is contained,
 * so that a key in the editor lays out and paints none of them.
 */
export function WorkbenchFrame(props: WorkbenchFrameProps) {
  const width = useWidth()
  const { bench } = props
  const [drawer, setDrawer] = useState<'schema' | 'values' | null>(null)
  const { editor } = bench
  const insert = useCallback(
    (name: string) => {
      setDrawer(null)
      editor.insert(name)
    },
    [editor],
  )
  useEffect(() => offerInsertion(insert), [insert])
  const [isRequestOpen, setRequestOpen] = useState(false)
  const openRequest = useCallback(() => setRequestOpen(true), [])
  useRunKeys((act) => (act === 'request' ? setRequestOpen((open) => !open) : bench[act]()))
  const root = useRef<HTMLDivElement>(null)
  const { isAway, setAway } = usePanesAway()
  usePaneKeys(root, (pane) =>
    width === 'tablet' && pane !== 'result' ? setDrawer(drawer === pane ? null : pane) : setAway(pane, !isAway[pane]),
  )
  // It shows what is to be sent; once that is on its way the result is what counts.
  const [seenStarted, setSeenStarted] = useState(bench.started)
  if (seenStarted !== bench.started) {
    setSeenStarted(bench.started)
    setRequestOpen(false)
  }
  const request =
    isRequestOpen && bench.request !== null && bench.instance !== null ? (
      <PanelBoundary label={t.opening}>
        <RequestPane
          bench={bench}
          body={bench.request}
          instance={bench.instance}
          last={props.shownRun}
          onClose={() => setRequestOpen(false)}
        />
      </PanelBoundary>
    ) : null
  const { history } = props
  const isDesk = width === 'desk' && history === false
  const bar = (
    <DocumentBar bench={bench} width={width} hasPanes={isDesk} onDrawer={setDrawer} onHistory={props.onHistory} />
  )
  const notices = (
    <>
      <ConflictNotice state={bench.state} document={bench.document} />
      {bench.saveProblem !== null && <ErrorPanel error={bench.saveProblem} onRetry={bench.save} />}
      {bench.run.problem !== null && bench.run.findings.length === 0 && (
        <ErrorPanel error={bench.run.problem} onRetry={bench.start} />
      )}
    </>
  )
  if (width === 'phone' && history === false)
    return (
      <PanelBoundary label={t.opening}>
        <PhoneFrame {...props} bar={bar} notices={notices} />
      </PanelBoundary>
    )
  return (
    <div ref={root} className="flex min-h-0 flex-1">
      {isDesk && !isAway.schema && <SchemaColumn>{props.renderSchema(insert)}</SchemaColumn>}
      <div className="flex min-w-0 flex-1 flex-col">
        {bar}
        {notices}
        <div className="relative flex min-h-0 flex-1 flex-col">
          <div className="flex min-h-0 flex-1 flex-col" inert={request !== null}>
            <div className="flex min-h-0 flex-1">
              {history === false ? <EditorColumn {...props} /> : history}
              {isDesk && !isAway.values && <ValuesColumn bench={bench} />}
            </div>
            <div className="flex flex-none">
              <RunBar {...runBarProps(bench)} phone={width === 'phone'} onRequest={openRequest} />
              {width !== 'phone' && hasAnswer(props) && (
                <div className="border-line bg-canvas flex flex-none items-center border-y pr-2">
                  <PaneButton pane="result" />
                </div>
              )}
            </div>
            {width !== 'phone' && (
              <ResultRow {...props} isAway={isAway.result} onNews={() => setAway('result', false)} />
            )}
          </div>
          {request}
        </div>
      </div>
      {width === 'tablet' && (
        <Suspense>
          <Drawer title={t.tables} side="left" isOpen={drawer === 'schema'} onClose={() => setDrawer(null)}>
            {props.renderSchema(insert)}
          </Drawer>
          <Drawer title={t.values} side="right" isOpen={drawer === 'values'} onClose={() => setDrawer(null)}>
            <ValuesPane bench={bench} onLeave={() => setDrawer(null)} />
          </Drawer>
        </Suspense>
      )}
    </div>
  )
}

function SchemaColumn({ children }: { children: ReactNode }) {
  const [size, setSize] = usePaneSize('schema', 254)
  return (
    <>
      <div data-pane className="flex min-h-0 flex-none flex-col [contain:strict]" style={{ width: size }}>
        {children}
      </div>
      <Splitter
        label={t.resize.schema}
        pane="before"
        orientation="vertical"
        size={size}
        usual={254}
        min={180}
        max={480}
        onResize={setSize}
      />
    </>
  )
}

function ValuesColumn({ bench }: { bench: Bench }) {
  const [size, setSize] = usePaneSize('values', 296)
  return (
    <>
      <Splitter
        label={t.resize.values}
        pane="after"
        orientation="vertical"
        size={size}
        usual={296}
        min={240}
        max={520}
        onResize={setSize}
      />
      <aside
        data-pane
        aria-label={t.values}
        className="min-h-0 flex-none overflow-auto [contain:strict]"
        style={{ width: size }}
      >
        <ValuesPane bench={bench} />
      </aside>
    </>
  )
}

interface ResultRowProps extends WorkbenchFrameProps {
  isAway: boolean
  /** There is a new answer. */
  onNews: () => void
}

function ResultRow(props: ResultRowProps) {
  const { bench, isAway, onNews } = props
  const [size, setSize] = usePaneSize('result', 260)
  const news = newsOf(bench)
  const seen = useRef(news)
  const tell = useEffectEvent(onNews)
  useEffect(() => {
    if (seen.current !== news) tell()
    seen.current = news
  }, [news])
  if (!hasAnswer(props)) return <Steps written={bench.state.content.sqlQuery !== ''} />
  if (isAway) return null
  return (
    <>
      <Splitter
        label={t.resize.result}
        pane="after"
        orientation="horizontal"
        size={size}
        usual={260}
        min={90}
        max={900}
        onResize={setSize}
      />
      <section
        data-pane
        aria-label={t.result}
        className="flex flex-none flex-col overflow-hidden [contain:strict]"
        style={{ height: size, maxHeight: '70vh' }}
      >
        <ResultPane {...props} select={(from, to) => bench.editor.select(from, to)} />
      </section>
    </>
  )
}
