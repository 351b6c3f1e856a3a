import type { ErrorReport } from '@recomamp/contracts'
import { useState } from 'react'
import { prettyJson } from './pretty-json.ts'
import { executions } from '#messages/executions.ts'
import { exactly } from '#platform/words.ts'
import { CopyButton } from '#ui/copy-button.tsx'
import { Segmented } from '#ui/segmented.tsx'

const t = executions.report

/** AMC's answers about the run, untouched. */
export function RawAnswer({ report }: { report: ErrorReport }) {
  const [form, setForm] = useState<'pretty' | 'received'>('pretty')
  const { answers } = report.request
  return (
    <div className="flex max-w-[1100px] flex-col gap-4 px-4 py-4 tablet:px-6">
      <div className="self-start">
        <Segmented
          label={t.form}
          value={form}
          onChange={setForm}
          choices={[
            { value: 'pretty', label: t.forms.pretty },
            { value: 'received', label: t.forms.received },
          ]}
        />
      </div>
      {answers.length === 0 && (
        <>
          <p className="text-text-2">{t.noAnswer}</p>
          <Words title={t.words} text={report.amcMessage ?? t.noWords} />
        </>
      )}
      {answers.map((answer) => (
        <section key={answer.about + answer.at} aria-label={executions.request.answers[answer.about]}>
          <Words
            title={executions.request.answers[answer.about]}
            beside={`${answer.status === null ? '' : `${answer.status}, `}${exactly(answer.at)}`}
            text={[
              ...Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`),
              ...(Object.keys(answer.headers).length === 0 ? [] : ['']),
              form === 'pretty' ? prettyJson(answer.body) : answer.body,
            ].join('\n')}
          />
        </section>
      ))}
    </div>
  )
}

function Words({ title, beside, text }: { title: string; beside?: string; text: string }) {
  return (
    <>
      <h2 className="text-12 text-text-2 flex items-center gap-1">
        {title}
        <CopyButton text={text} label={executions.copyOf(title)} />
        {beside !== undefined && <span className="text-text-3 font-regular">{beside}</span>}
      </h2>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what is long scrolls, and keys must reach it */}
      <pre tabIndex={0} aria-label={title} className="code-block bg-sunken border-line-subtle rounded-4 border">
        {text}
      </pre>
    </>
  )
}
