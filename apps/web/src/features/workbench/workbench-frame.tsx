import type { ReactNode } from 'react'
import { Suspense, lazy, useCallback, useEffect, useState } from 'react'
import { workbench as t } from '#messages/workbench.ts'
import { offerInsertion } from '#platform/insertion.ts'
import { useWidth } from '#platform/width.ts'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { Splitter, usePaneSize } from '#ui/splitter.tsx'
import { ConflictNotice } from './conflict-notice.tsx'
import { DocumentBar } from './document-bar.tsx'
import { EditorColumn } from './editor-column.tsx'
import { RunBar, runBarProps } from './run-bar.tsx'
import { Steps } from './steps.tsx'
import type { Bench } from './use-workbench.ts'
import { ValuesPane } from './values-pane.tsx'

export interface WorkbenchFrameProps {
  bench: Bench
  renderSchema: (insert: (name: string) => void) => ReactNode
  /** What AMC keeps of the query. */
  copy: ReactNode
  /** What an empty query offers. */
  start: ReactNode
  /** The result that is shown; gets the way to a place in the editor. Null before there is one. */
  renderResult: ((select: (from: number, to: number) => void) => ReactNode) | null
}

const PhoneFrame = lazy(() => import('./phone-frame.tsx').then((module) => ({ default: module.PhoneFrame })))
const Drawer = lazy(() => import('./drawer.tsx').then((module) => ({ default: module.Drawer })))

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
  const bar = <DocumentBar bench={bench} width={width} onDrawer={setDrawer} />
  const notices = (
    <>
      <ConflictNotice state={bench.state} document={bench.document} />
      {bench.saveProblem !== null && <ErrorPanel error={bench.saveProblem} />}
      {bench.run.problem !== null && bench.run.findings.length === 0 && (
        <ErrorPanel error={bench.run.problem} onRetry={bench.start} />
      )}
    </>
  )
  if (width === 'phone')
    return (
      <Suspense fallback={<Skeleton label={t.opening} />}>
        <PhoneFrame {...props} bar={bar} notices={notices} />
      </Suspense>
    )
  return (
    <div className="flex min-h-0 flex-1">
      {width === 'desk' && <SchemaColumn>{props.renderSchema(insert)}</SchemaColumn>}
      <div className="flex min-w-0 flex-1 flex-col">
        {bar}
        {notices}
        <div className="flex min-h-0 flex-1">
          <EditorColumn {...props} />
          {width === 'desk' && <ValuesColumn bench={bench} />}
        </div>
        <RunBar {...runBarProps(bench)} phone={false} />
        <ResultRow {...props} />
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
      <div className="flex min-h-0 flex-none flex-col [contain:strict]" style={{ width: size }}>
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
      <aside aria-label={t.values} className="min-h-0 flex-none overflow-auto [contain:strict]" style={{ width: size }}>
        <ValuesPane bench={bench} />
      </aside>
    </>
  )
}

function ResultRow({ bench, renderResult }: WorkbenchFrameProps) {
  const [size, setSize] = usePaneSize('result', 260)
  if (renderResult === null) return <Steps written={bench.state.content.sqlQuery !== ''} />
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
        aria-label={t.result}
        className="flex flex-none flex-col overflow-hidden [contain:strict]"
        style={{ height: size, maxHeight: '70vh' }}
      >
        {renderResult((from, to) => bench.editor.select(from, to))}
      </section>
    </>
  )
}
