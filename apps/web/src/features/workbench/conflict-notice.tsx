import { useState } from 'react'
import { workbench } from '#messages/workbench.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import type { DocumentState, OpenDocument } from './document.ts'

const t = workbench.conflict

/** Says that the query was also edited elsewhere, and offers both texts; nothing happens by itself. */
export function ConflictNotice({ state, document }: { state: DocumentState; document: OpenDocument }) {
  const [problem, setProblem] = useState<unknown>(null)
  if (state.conflict === null) return null
  return (
    <div role="alert" className="bg-warn-tint flex flex-wrap items-center gap-2 px-3 py-2">
      <p className="text-12 text-warn min-w-[200px] flex-1">{t[state.conflict]}</p>
      <Button size="small" onPress={() => void document.keepMine().catch(setProblem)}>
        {t.mine}
      </Button>
      <Button size="small" onPress={() => void document.takeTheirs().catch(setProblem)}>
        {t.theirs}
      </Button>
      {problem !== null && <ErrorPanel error={problem} />}
    </div>
  )
}
