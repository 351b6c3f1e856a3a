import type { QueryTemplateSummary } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { ChartColumn } from 'lucide-react'
import { home } from '#messages/home.ts'

const t = home.first

interface FirstStepsProps {
  examples: readonly QueryTemplateSummary[]
  opening: string | null
  onOpen: (template: QueryTemplateSummary) => void
}

/** What a new workspace shows in place of empty lists: the way to the first answer. */
export function FirstSteps({ examples, opening, onOpen }: FirstStepsProps) {
  return (
    <section aria-labelledby="first-steps" className="max-w-[760px] py-4">
      <h2 id="first-steps" className="text-16 tracking-[-0.01em]">
        {t.title}
      </h2>
      <p className="text-text-2 mb-4">{t.lead}</p>
      <ol className="mb-5 grid gap-3 tablet:grid-cols-3">
        {t.steps.map(([title, note], index) => (
          <li key={title} className="flex items-start gap-2.5" aria-current={index === 0 ? 'step' : undefined}>
            <span
              aria-hidden
              className={`text-12 font-strong grid size-[22px] flex-none place-items-center rounded-full ${index === 0 ? 'bg-accent text-on-accent' : 'text-text-2 border-line-strong border'}`}
            >
              {index + 1}
            </span>
            <span>
              <span className="font-medium block">{title}</span>
              <span className="text-12 text-text-2">{note}</span>
            </span>
          </li>
        ))}
      </ol>
      <div className="flex items-center justify-between gap-3 pb-1">
        <h3 className="text-12">{t.examples}</h3>
        <Link to="/templates" search={{}} className="text-12 font-medium inline-flex min-h-6 items-center">
          {t.all}
        </Link>
      </div>
      <ul className="border-line divide-line-subtle divide-y overflow-hidden rounded-6 border">
        {examples.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              className="hover:bg-accent-tint focus-visible:bg-accent-tint flex min-h-[42px] w-full items-center gap-3 px-3.5 py-1 text-left focus-visible:outline-offset-[-2px]"
              onClick={() => onOpen(each)}
            >
              <ChartColumn size={16} strokeWidth={1.6} aria-hidden className="text-text-3 flex-none" />
              <span className="font-medium min-w-0 flex-1">{each.question}</span>
              <span className="text-12 text-text-2 flex-none" role="status">
                {opening === each.id ? t.opening : ''}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
