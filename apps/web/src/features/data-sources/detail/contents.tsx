import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { memo } from 'react'
import { dataSource as t } from '#messages/data-source.ts'
import { figure } from '#platform/words.ts'
import { CutMiddle } from '#ui/data-marks.tsx'
import { Select } from '#ui/select.tsx'

export interface Section {
  id: string
  title: string
  count?: number
  /** Groups within the section. */
  parts?: readonly Section[]
}

interface ContentsProps {
  sections: readonly Section[]
  /** The id of what is read at the moment. */
  current: string
  onGo: (id: string) => void
}

/** The table of contents beside the page; it follows the scrolling. */
export const Contents = memo(function Contents({
  sections,
  current,
  onGo,
  siblings,
}: ContentsProps & { siblings: readonly string[] }) {
  return (
    <div className="bg-sunken border-line w-[206px] flex-none overflow-auto border-r px-4 py-4">
      <BackLink />
      <nav aria-label={t.contents} className="contents-list">
        {sections.map((section) => (
          <div key={section.id} className="contents">
            <Entry section={section} current={current} onGo={onGo} />
            {section.parts?.map((part) => (
              <Entry key={part.id} section={part} current={current} onGo={onGo} part />
            ))}
          </div>
        ))}
      </nav>
      {siblings.length > 0 && (
        <section aria-label={t.nextToThis} className="mt-5 flex flex-col gap-1.5">
          <h2 className="text-11 text-text-3 font-medium">{t.nextToThis}</h2>
          {siblings.map((name) => (
            <Link key={name} to="/data-sources/$name" params={{ name }} className="mono">
              <CutMiddle text={name} />
            </Link>
          ))}
        </section>
      )}
    </div>
  )
})

/** The way back to the list. */
export function BackLink() {
  return (
    <Link
      to="/data-sources"
      activeOptions={{ exact: true }}
      className="text-12 text-text-2 inline-flex min-h-6 items-center gap-1"
    >
      <ChevronLeft size={14} strokeWidth={1.7} aria-hidden />
      {t.all}
    </Link>
  )
}

interface EntryProps {
  section: Section
  current: string
  onGo: (id: string) => void
  part?: boolean
}

function Entry({ section: { id, title, count }, current, onGo, part }: EntryProps) {
  return (
    <a
      href={`#${id}`}
      aria-current={id === current ? 'location' : undefined}
      className={part === true ? 'part' : ''}
      onClick={(event) => {
        event.preventDefault()
        onGo(id)
      }}
    >
      <span className="cut flex-1">{title}</span>
      {count !== undefined && <span className="text-11 text-text-3 num">{figure(count)}</span>}
    </a>
  )
}

/** The table of contents where there is no room beside the page: a choice that says where one is. */
export function ContentsSelect({ sections, current, onGo }: ContentsProps) {
  const all = sections.flatMap((section) => [section, ...(section.parts ?? [])])
  return (
    <div className="w-[220px] max-w-full flex-none">
      <Select
        label={t.goTo}
        labelAt="inside"
        choices={all.map(({ id, title }) => ({ value: id, label: title }))}
        value={all.some(({ id }) => id === current) ? current : 'overview'}
        onChange={onGo}
      />
    </div>
  )
}
