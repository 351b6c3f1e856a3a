import type { Endpoint } from '@recomamp/contracts'
import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useBlocked } from '#platform/may.ts'

/** Controls that only who may make a call can use; for others they stand still, and the reason above them. */
export function Fenced({ needs, children }: { needs: Endpoint; children: ReactNode }) {
  const blocked = useBlocked(needs)
  if (blocked === null) return children
  return (
    <>
      <p role="note" className="bg-sunken text-12 text-text-2 flex items-center gap-2 px-3 py-2">
        <Lock size={14} strokeWidth={1.7} aria-hidden className="flex-none" />
        {blocked}
      </p>
      <fieldset disabled className="contents">
        {children}
      </fieldset>
    </>
  )
}
