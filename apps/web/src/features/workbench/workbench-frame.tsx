import type { ReactNode } from 'react'
import { useState } from 'react'
import { workbench as t } from '#messages/workbench.ts'
import { useWidth } from '#platform/width.ts'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Splitter, usePaneSize } from '#ui/splitter.tsx'
import { Tabs } from '#ui/tabs.tsx'
import { ConflictNotice } from './conflict-notice.tsx'
import { DocumentBar } from './document-bar.tsx'
import { Drawer } from './drawer.tsx'
import { SqlEditor } from './editor/sql-editor.tsx'
import { KeptStatus } from './kept-status.tsx'
import { ProblemsList } from './problems-list.tsx'
import { RunBar } from './run-bar.tsx'
import { Steps } from './steps.tsx'
import type { Bench } from './use-workbench.ts'
import { ValuesPane } from './values-pane.tsx'

interface WorkbenchFrameProps {
  bench: Bench
  schemaPane: (insert: (name: string) => void) => ReactNode
  /** What an empty query offers. */
  start: ReactNode
  /** The result that is shown; gets the way to a place in the editor. Null before there is one. */
  result: ((select: (from: number, to: number) => void) => ReactNode) | null
}

/** The panes of the workbench in the layout that fits: side by side, with drawers, or as tabs. */
export function WorkbenchFrame(props: WorkbenchFrameProps) {
  const width = useWidth()
  const { bench } = props
  const [drawer, setDrawer] = useState<'schema' | 'values' | null>(null)
  const insert = (name: string) => {
    setDrawer(null)
    bench.editor.current?.insert(name)
  }
  const bar = (
    <DocumentBar
      state={bench.state}
      width={width}
      onName={(name) => bench.edit({ name })}
      onSave={bench.save}
      onDrawer={setDrawer}
    />
  )
  const notices = (
    <>
      <ConflictNotice state={bench.state} document={bench.document} />
      {bench.saveProblem !== null && <ErrorPanel error={bench.saveProblem} />}
      {bench.run.problem !== null && bench.run.findings.length === 0 && (
        <ErrorPanel error={bench.run.problem} onRetry={bench.start} />
      )}
    </>
  )
  if (width === 'phone') return <PhoneFrame {...props} bar={bar} notices={notices} />
  return (
    <div className="flex min-h-0 flex-1">
      {width === 'desk' && <SchemaColumn>{props.schemaPane(insert)}</SchemaColumn>}
      <div className="flex min-w-0 flex-1 flex-col">
        {bar}
        {notices}
        <div className="flex min-h-0 flex-1">
          <EditorColumn {...props} />
          {width === 'desk' && <ValuesColumn bench={bench} />}
        </div>
        <BenchRunBar bench={bench} phone={false} />
        <ResultRow {...props} />
      </div>
      {width === 'tablet' && (
        <>
          <Drawer title={t.tables} side="left" isOpen={drawer === 'schema'} onClose={() => setDrawer(null)}>
            {props.schemaPane(insert)}
          </Drawer>
          <Drawer title={t.values} side="right" isOpen={drawer === 'values'} onClose={() => setDrawer(null)}>
            <ValuesPane bench={bench} onLeave={() => setDrawer(null)} />
          </Drawer>
        </>
      )}
    </div>
  )
}

function SchemaColumn({ children }: { children: ReactNode }) {
  const [size, setSize] = usePaneSize('schema', 254)
  return (
    <>
      <div className="flex min-h-0 flex-none flex-col" style={{ width: size }}>
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
      <aside aria-label={t.values} className="min-h-0 flex-none overflow-auto" style={{ width: size }}>
        <ValuesPane bench={bench} />
      </aside>
    </>
  )
}

function EditorColumn({ bench, start }: Pick<WorkbenchFrameProps, 'bench' | 'start'>) {
  const empty = bench.state.content.sqlQuery === ''
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className={empty ? 'border-line-subtle h-[38px] flex-none border-b' : 'min-h-[60px] flex-1'}>
        <SqlEditor
          ref={bench.editor}
          value={bench.state.content.sqlQuery}
          replaced={bench.state.replaced}
          onChange={(sqlQuery) => bench.edit({ sqlQuery })}
          findings={bench.problems}
          schema={bench.schema}
          parameters={bench.study.declarations.map((each) => each.name)}
          onRun={bench.start}
          onSave={bench.save}
        />
      </div>
      {empty ? (
        start
      ) : (
        <ProblemsList problems={bench.problems} onGo={({ from, to }) => bench.editor.current?.select(from, to)} />
      )}
    </div>
  )
}

function BenchRunBar({ bench, phone }: { bench: Bench; phone: boolean }) {
  return <RunBar phase={bench.run.phase} blocked={bench.blocked} bench={bench} phone={phone} onRun={bench.start} />
}

function ResultRow({ bench, result }: WorkbenchFrameProps) {
  const [size, setSize] = usePaneSize('result', 260)
  if (result === null) return <Steps />
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
        className="flex flex-none flex-col overflow-hidden"
        style={{ height: size, maxHeight: '70vh' }}
      >
        {result((from, to) => bench.editor.current?.select(from, to))}
      </section>
    </>
  )
}

type PhoneTab = 'values' | 'sql' | 'result'

function PhoneFrame(props: WorkbenchFrameProps & { bar: ReactNode; notices: ReactNode }) {
  const { bench, result } = props
  const empty = bench.state.content.sqlQuery === ''
  const [tab, setTab] = useState<PhoneTab>(empty ? 'sql' : 'values')
  const [seen, setSeen] = useState(bench.started)
  if (seen !== bench.started) {
    setSeen(bench.started)
    setTab('result')
  }
  const [place, setPlace] = useState<{ from: number; to: number } | null>(null)
  const select = (from: number, to: number) => {
    setTab('sql')
    setPlace({ from, to })
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      {props.bar}
      <div className="flex min-h-7 items-center px-4">
        <KeptStatus state={bench.state} />
      </div>
      {props.notices}
      <Tabs
        label={t.title}
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'values', title: t.values, content: <ValuesPane bench={bench} onLeave={() => setTab('sql')} /> },
          { id: 'sql', title: t.sql, content: <EditorAt place={place} {...props} /> },
          { id: 'result', title: t.result, content: result === null ? <Steps /> : result(select) },
        ]}
      />
      <BenchRunBar bench={bench} phone />
    </div>
  )
}

/** The editor of a tab that may just have been opened to show a place. */
function EditorAt({ place, ...props }: WorkbenchFrameProps & { place: { from: number; to: number } | null }) {
  const { editor } = props.bench
  const [shown, setShown] = useState<typeof place>(null)
  if (place !== shown) {
    setShown(place)
    queueMicrotask(() => place && editor.current?.select(place.from, place.to))
  }
  return <EditorColumn {...props} />
}
