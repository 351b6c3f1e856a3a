import type { Execution, Instance, RunPreview } from '@recomamp/contracts'
import { Braces, SquareTerminal, X } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { request as t } from '#messages/request.ts'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { CopyWordButton } from '#ui/copy-word-button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { AgainstLastRun } from './against-last-run.tsx'
import type { Question } from './differences.ts'
import { RequestLines } from './request-lines.tsx'
import { addressPieces, bodyToRead, curlOf } from './request-text.ts'

interface RequestDrawerProps {
  question: Question | null
  preview: RunPreview | undefined
  error: unknown
  onRetry: () => void
  instance: Instance
  /** The run whose result is on screen. */
  last: Execution | null
  now: Date
  onClose: () => void
  /** The facts and Run, as the bar below has them. */
  foot: ReactNode
}

/** What Run will send, over what it repeats: the query, its values and its window. */
export function RequestDrawer(props: RequestDrawerProps) {
  const { preview, instance, onClose } = props
  const drawer = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    drawer.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onClose()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it, wherever in it the focus is
    <section
      ref={drawer}
      role="dialog"
      aria-label={t.title}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className="request-drawer"
    >
      <header className="border-line flex flex-none flex-wrap items-center gap-x-3 gap-y-2 border-b px-[18px] py-2">
        <h2 className="text-16">{t.title}</h2>
        <span className="text-12 text-text-2 min-w-0 flex-1">{t.lead}</span>
        {preview !== undefined && (
          <>
            <CopyWordButton
              text={curlOf(preview)}
              label={t.copyCurl}
              icon={<SquareTerminal size={14} strokeWidth={1.7} aria-hidden />}
            >
              {t.copyCurl}
            </CopyWordButton>
            <CopyWordButton
              text={preview.body}
              label={t.copyJson}
              icon={<Braces size={14} strokeWidth={1.7} aria-hidden />}
            >
              {t.copyJson}
            </CopyWordButton>
          </>
        )}
        <Button look="quiet" square aria-label={t.close} onPress={onClose}>
          <X size={16} strokeWidth={1.6} aria-hidden />
        </Button>
      </header>
      {preview === undefined ? (
        <div className="min-h-0 flex-1 overflow-auto">
          {props.error ? <ErrorPanel error={props.error} onRetry={props.onRetry} /> : <Skeleton label={t.reading} />}
        </div>
      ) : (
        <Shown {...props} preview={preview} instance={instance} />
      )}
      <footer className="bg-canvas flex flex-none items-center gap-2 pr-3">{props.foot}</footer>
    </section>
  )
}

function Shown({ question, preview, instance, last, now }: RequestDrawerProps & { preview: RunPreview }) {
  const [before, id, after] = addressPieces(preview.url)
  const template = question?.template ?? ''
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto">
      <div className="border-line-subtle text-12 flex flex-none flex-wrap items-center gap-x-3 gap-y-1 border-b px-[18px] py-1.5">
        <span className="tag lined">{preview.method}</span>
        <span className="mono min-w-0 [overflow-wrap:anywhere]">
          {before}
          <strong className="text-accent-text">{id}</strong>
          {after}
        </span>
        <CopyButton text={preview.url} label={t.copyAddress} />
        <span className="text-text-2 ml-auto">{instance.name}</span>
      </div>
      <div className="bg-sunken border-line-subtle text-12 grid flex-none grid-cols-2 border-b">
        <p className="min-w-0 px-[18px] py-1.5">
          <strong>{t.yours}</strong> <span className="text-text-2">{t.lines(template.split('\n').length)}</span>
        </p>
        <div className="border-line-subtle flex min-w-0 items-center gap-1.5 border-l px-[18px]">
          <strong>{preview.inline === null ? t.kept : t.sent}</strong>
          <span className="text-text-2 cut flex-1">{t.filled(preview.fills.length)}</span>
          <CopyButton text={preview.sqlSent} label={t.copySql} />
        </div>
      </div>
      <RequestLines template={template} preview={preview} />
      <div className="border-line grid flex-none border-t desk:grid-cols-2">
        <div className="min-w-0">
          <h3 className="text-12 bg-sunken border-line-subtle flex gap-2 border-b px-[18px] py-1.5">
            {t.headers} <span className="font-regular text-text-2">{t.headersNote}</span>
          </h3>
          <dl className="text-12 grid grid-cols-[minmax(120px,auto)_minmax(0,1fr)] gap-x-5 gap-y-1 px-[18px] py-2">
            {preview.headers.map(({ name, value }) => (
              <div key={name} className="contents">
                <dt className="mono text-text-2">{name}</dt>
                <dd className="mono [overflow-wrap:anywhere]">{value}</dd>
              </div>
            ))}
          </dl>
          {last !== null && question !== null && <AgainstLastRun question={question} last={last} now={now} />}
        </div>
        <div className="border-line-subtle min-w-0 desk:border-l">
          <h3 className="text-12 bg-sunken border-line-subtle flex gap-2 border-b px-[18px] py-1.5">
            {t.body}
            <span className="font-regular text-text-2">
              {preview.inline === null ? t.byCopy : t.inline[preview.inline]}
            </span>
          </h3>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long line scrolls, and keys must reach it */}
          <section className="code-block" tabIndex={0} aria-label={t.body}>
            <pre>{bodyToRead(preview.body)}</pre>
          </section>
        </div>
      </div>
    </div>
  )
}
