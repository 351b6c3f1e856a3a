import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { shell } from '#messages/shell.ts'

/** The title of the browser tab while a page is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${shell.product}`
  }, [title])
}

interface PageProps {
  title: string
  /** Stands beside the title. */
  beside?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A page with its heading and actions; the content fills what is left and scrolls by itself. */
export function Page({ title, beside, actions, children }: PageProps) {
  useTitle(title)
  return (
    <>
      <header className="page-head">
        <h1 className="text-20 tracking-[-0.015em]">{title}</h1>
        {beside}
        <div className="flex-1" />
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </>
  )
}
