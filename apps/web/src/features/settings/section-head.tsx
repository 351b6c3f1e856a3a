import type { ReactNode } from 'react'

/** The name of a section with what it is for, and what can be done with all of it. */
export function SectionHead({ title, lead, actions }: { title: string; lead: string; actions?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-center gap-3 px-4 py-3 tablet:px-5">
      <div className="min-w-0 flex-1 basis-[240px]">
        <h2 className="text-13">{title}</h2>
        <p className="text-text-2">{lead}</p>
      </div>
      {actions}
    </header>
  )
}
