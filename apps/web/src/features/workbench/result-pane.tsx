import { Suspense, useState } from 'react'
import { privacyPreview } from '#messages/privacy-preview.ts'
import { workbench } from '#messages/workbench.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import type { Bench } from './use-workbench.ts'
import type { WorkbenchFrameProps } from './workbench-frame.tsx'

const t = workbench.local
const PrivacyPreviewPane = lazyPart(() => import('./privacy-preview.tsx').then((module) => module.PrivacyPreviewPane))

interface ResultPaneProps extends Pick<WorkbenchFrameProps, 'bench' | 'renderResult' | 'renderTry'> {
  select: (from: number, to: number) => void
}

type Answer = 'amc' | 'local' | 'privacy'

/** Whether there is anything to show yet. */
export function hasAnswer({ bench, renderResult }: Pick<ResultPaneProps, 'bench' | 'renderResult'>): boolean {
  return renderResult !== null || bench.tries.latest !== null || bench.judgement !== null
}

/** Another text whenever there is another answer, or one on its way. */
export function newsOf({ started, tries, judgement }: Pick<Bench, 'started' | 'tries' | 'judgement'>): string {
  return `${started} ${tries.latest?.at.getTime()} ${judgement?.at.getTime()}`
}

/** The answer of AMC, the one of synthetic data and what privacy leaves of it; the newest is shown, the others are a press away. */
export function ResultPane({ bench, renderResult, renderTry, select }: ResultPaneProps) {
  const tried = bench.tries.latest
  const { judgement } = bench
  const [shown, setShown] = useState<Answer>(judgement !== null ? 'privacy' : tried !== null ? 'local' : 'amc')
  const news = { started: bench.started, tried: tried?.at, judged: judgement?.at }
  const [seen, setSeen] = useState(news)
  if (seen.started !== news.started || seen.tried !== news.tried || seen.judged !== news.judged) {
    if (seen.started !== news.started) setShown('amc')
    else if (seen.tried !== news.tried && tried !== null) setShown('local')
    else if (seen.judged !== news.judged && judgement !== null) setShown('privacy')
    setSeen(news)
  }
  const answers: { value: Answer; label: string }[] = [
    ...(renderResult === null ? [] : [{ value: 'amc' as const, label: t.amcTab }]),
    ...(tried === null ? [] : [{ value: 'local' as const, label: t.tab }]),
    ...(judgement === null ? [] : [{ value: 'privacy' as const, label: privacyPreview.title }]),
  ]
  const current = answers.some(({ value }) => value === shown) ? shown : (answers[0]?.value ?? 'amc')
  return (
    <>
      {answers.length > 1 && (
        <div className="border-line-subtle flex flex-none border-b px-3 py-1">
          <Segmented label={t.which} value={current} onChange={setShown} choices={answers} />
        </div>
      )}
      {current === 'amc' && renderResult?.(select)}
      {current === 'local' && tried !== null && renderTry(tried)}
      {current === 'privacy' && <Judgement bench={bench} />}
    </>
  )
}

function Judgement({ bench }: { bench: Bench }) {
  return (
    <PanelBoundary label={privacyPreview.title}>
      <Suspense fallback={<Skeleton label={privacyPreview.running} />}>
        <PrivacyPreviewPane
          preview={bench.judgement?.preview ?? null}
          problem={bench.judgement?.problem ?? null}
          behaviour={bench.privacy}
          onBehaviour={bench.setPrivacy}
          onAgain={bench.judgePrivacy}
          onClose={bench.dismissJudgement}
          onTry={bench.tryGrouping}
        />
      </Suspense>
    </PanelBoundary>
  )
}
