import type { ReactNode } from 'react'
import { Button } from './button.tsx'

interface ShowMoreProps {
  /** A list that is read page by page. */
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
  /** What the button says. */
  label: string
  /** How far the block stands from the sides of the page. */
  inset?: string
  /** How many of all are shown. */
  children: ReactNode
}

/** The way to the next page of a list, and how much of it is shown; nothing where all of it is. */
export function ShowMore({ list, label, inset = '', children }: ShowMoreProps) {
  if (!list.hasNextPage) return null
  return (
    <div className={`text-12 text-text-2 flex items-center gap-3 py-3 ${inset}`}>
      {children}
      <Button size="small" busy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
        {label}
      </Button>
    </div>
  )
}
