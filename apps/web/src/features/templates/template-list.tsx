import type { QueryTemplateSummary } from '@recomamp/contracts'
import { type KeyboardEvent, type Ref, useEffect, useRef } from 'react'
import { templates as t } from '#messages/templates.ts'
import { ChartMark, DifficultyMark, RunsHere } from './template-marks.tsx'

interface TemplateListProps {
  /** By category, or one group without a name for what a search found. */
  groups: readonly { category: string | null; templates: readonly QueryTemplateSummary[] }[]
  opened: string | null
  onPreview: (template: QueryTemplateSummary) => void
  onOpen: (template: QueryTemplateSummary) => void
  /** The category at the top of what is seen. */
  onCategory: (category: string) => void
  ref: Ref<HTMLDivElement>
}

/** The analyses by category: arrows move, a press or Space previews, Enter opens. */
export function TemplateList({ groups, opened, onPreview, onOpen, onCategory, ref }: TemplateListProps) {
  const own = useRef<HTMLDivElement | null>(null)
  const told = useRef(onCategory)
  useEffect(() => {
    told.current = onCategory
  })
  useEffect(() => {
    const list = own.current
    if (list === null) return
    const follow = () => {
      const top = list.getBoundingClientRect().top + 8
      const sections = [...list.querySelectorAll<HTMLElement>('[data-category]')]
      const current = sections.findLast((section) => section.getBoundingClientRect().top <= top) ?? sections[0]
      if (current?.dataset['category'] !== undefined) told.current(current.dataset['category'])
    }
    follow()
    list.addEventListener('scroll', follow, { passive: true })
    return () => list.removeEventListener('scroll', follow)
  }, [])

  const onKeyDown = (event: KeyboardEvent) => {
    const rows = [...(own.current?.querySelectorAll<HTMLElement>('[data-template]') ?? [])]
    const at = rows.findIndex((row) => row === document.activeElement)
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    rows[Math.max(0, Math.min(rows.length - 1, next))]?.focus()
  }
  return (
    // The rows are links and have the keys; the list only moves between them.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={(element) => {
        own.current = element
        if (typeof ref === 'function') ref(element)
        else if (ref !== null) ref.current = element
      }}
      className="min-h-0 flex-1 overflow-auto"
      onKeyDown={onKeyDown}
    >
      {groups.map(({ category, templates }) => (
        <section
          key={category ?? ''}
          aria-label={category ?? t.list}
          {...(category === null ? {} : { 'data-category': category })}
        >
          {category !== null && (
            <h2 className="bg-sunken border-line-subtle text-12 text-text-2 font-medium sticky top-0 z-[1] border-b px-3.5 py-1.5">
              {category} <span className="text-text-3">{templates.length}</span>
            </h2>
          )}
          <ul>
            {templates.map((template) => (
              <li key={template.id}>
                <TemplateRow
                  template={template}
                  isOpened={template.id === opened}
                  onPreview={onPreview}
                  onOpen={onOpen}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

interface TemplateRowProps {
  template: QueryTemplateSummary
  isOpened: boolean
  onPreview: (template: QueryTemplateSummary) => void
  onOpen: (template: QueryTemplateSummary) => void
}

function TemplateRow({ template, isOpened, onPreview, onOpen }: TemplateRowProps) {
  return (
    <a
      href={`/templates/${template.id}`}
      data-template={template.id}
      aria-current={isOpened ? 'true' : undefined}
      className={`border-line-subtle flex min-h-[44px] flex-wrap items-center gap-x-3 gap-y-0.5 border-b py-1 pr-3.5 pl-[17px] text-text no-underline hover:bg-accent-tint focus-visible:outline-offset-[-2px] ${isOpened ? 'bg-accent-tint shadow-[inset_3px_0_0_var(--c-accent)]' : ''}`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        // A press of Enter on a link is a click without a pointer.
        if (event.detail === 0) onOpen(template)
        else onPreview(template)
      }}
      onKeyDown={(event) => {
        if (event.key !== ' ') return
        event.preventDefault()
        onPreview(template)
      }}
    >
      <span className="min-w-[220px] flex-1">
        <span className="font-medium block">{template.question}</span>
        <span className="text-12 text-text-2 block">{template.name}</span>
      </span>
      <span className="flex items-center gap-3">
        <ChartMark template={template} />
        <span className="w-[88px]">
          <DifficultyMark level={template.difficulty} />
        </span>
        <span className="w-[108px]">
          {template.isAudience && <span className="tag lined mb-0.5">{t.audience}</span>}
          <RunsHere template={template} />
        </span>
      </span>
    </a>
  )
}
