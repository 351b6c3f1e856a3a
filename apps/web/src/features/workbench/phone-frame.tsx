import type { ReactNode } from 'react'
import { useState } from 'react'
import { workbench as t } from '#messages/workbench.ts'
import { insertionWaits } from '#platform/insertion.ts'
import { Tabs } from '#ui/tabs.tsx'
import { EditorColumn } from './editor-column.tsx'
import { KeptStatus } from './kept-status.tsx'
import { hasAnswer, newsOf, ResultPane } from './result-pane.tsx'
import { RunBar, runBarProps } from './run-bar.tsx'
import { Steps } from './steps.tsx'
import { ValuesPane } from './values-pane.tsx'
import type { WorkbenchFrameProps } from './workbench-frame.tsx'

type PhoneTab = 'values' | 'sql' | 'result'

/** The workbench on a narrow screen: one pane at a time, Run always at the foot. */
export function PhoneFrame(props: WorkbenchFrameProps & { bar: ReactNode; notices: ReactNode }) {
  const { bench } = props
  const empty = bench.state.content.sqlQuery === ''
  const [tab, setTab] = useState<PhoneTab>(() => (empty || insertionWaits() ? 'sql' : 'values'))
  const news = newsOf(bench)
  const [seen, setSeen] = useState(news)
  if (seen !== news) {
    setSeen(news)
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
          {
            id: 'result',
            title: t.result,
            content: !hasAnswer(props) ? <Steps written={!empty} /> : <ResultPane {...props} select={select} />,
          },
        ]}
      />
      <RunBar {...runBarProps(bench)} phone onRequest={null} />
    </div>
  )
}

/** The editor of a tab that may just have been opened to show a place. */
function EditorAt({ place, ...props }: WorkbenchFrameProps & { place: { from: number; to: number } | null }) {
  const { editor } = props.bench
  const [shown, setShown] = useState<typeof place>(null)
  if (place !== shown) {
    setShown(place)
    queueMicrotask(() => place && editor.select(place.from, place.to))
  }
  return <EditorColumn {...props} />
}
