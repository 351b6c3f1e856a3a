import { type ReactNode, useState } from 'react'
import { workbench } from '#messages/workbench.ts'
import { Button } from '#ui/button.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import type { DocumentState, Merging, OpenDocument } from './document.ts'
import { editorTheme } from './editor/editor-theme.ts'
import { highlighting } from './editor/highlighting.ts'

const t = workbench.conflict
const look = [editorTheme, highlighting()]
const DraftMerge = lazyPart(() => import('./draft/merge-view.tsx').then((module) => module.DraftMerge))

interface ConflictNoticeProps {
  state: DocumentState
  document: OpenDocument
}

/** Says that the query was also edited elsewhere, and offers both texts and what becomes of them together; nothing happens by itself. */
export function ConflictNotice({ state: { conflict, merging }, document }: ConflictNoticeProps) {
  if (conflict === null) return null
  return (
    <div role="alert" className="flex flex-none flex-col">
      {merging === null ? (
        <Choice words={t[conflict]} document={document} />
      ) : (
        <Merge words={t[conflict]} merging={merging} document={document} />
      )}
    </div>
  )
}

function Choice({ words, document }: { words: string; document: OpenDocument }) {
  const [problem, setProblem] = useState<unknown>(null)
  const choose = (choice: () => Promise<unknown>) => {
    setProblem(null)
    choice().catch(setProblem)
  }
  return (
    <Bar words={words}>
      <Button size="small" look="ink" onPress={() => choose(document.merge)}>
        {t.merge}
      </Button>
      <Button size="small" onPress={() => choose(document.keepMine)}>
        {t.mine}
      </Button>
      <Button size="small" onPress={() => choose(document.takeTheirs)}>
        {t.theirs}
      </Button>
      {problem !== null && <ErrorPanel error={problem} />}
    </Bar>
  )
}

function Merge({ words, merging, document }: { words: string; merging: Merging; document: OpenDocument }) {
  const { theirs, together } = merging
  const [text, setText] = useState(together.text)
  return (
    <>
      <Bar words={`${words} ${t.clashes(together.clashes)}`}>
        <Button size="small" look="ink" onPress={() => document.merged(text)}>
          {t.keepMerged}
        </Button>
        <Button size="small" onPress={document.cancelMerge}>
          {t.cancel}
        </Button>
      </Bar>
      <div className="border-line flex h-[42vh] flex-col border-b">
        <PanelBoundary label={t.merge}>
          <DraftMerge theirs={theirs.sqlQuery} merged={together.text} look={look} onChange={setText} />
        </PanelBoundary>
      </div>
    </>
  )
}

function Bar({ words, children }: { words: string; children: ReactNode }) {
  return (
    <div className="bg-warn-tint flex flex-wrap items-center gap-2 px-3 py-2">
      <p className="text-12 text-warn min-w-[200px] flex-1">{words}</p>
      {children}
    </div>
  )
}
