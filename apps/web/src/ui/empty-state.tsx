import type { ReactNode } from 'react'

/** What stands where the first row would be: one sentence and one action. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-3 px-4 py-5 tablet:px-6">
      <p className="text-14 max-w-[60ch] text-text-2">{children}</p>
      {action}
    </div>
  )
}
