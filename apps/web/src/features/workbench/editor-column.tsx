import { keepDraft } from '@recomamp/contracts'
import type { ReactNode } from 'react'
import { workbench as t } from '#messages/workbench.ts'
import { rememberCursor } from '#platform/insertion.ts'
import { useBlocked } from '#platform/may.ts'
import { SqlEditor } from './editor/sql-editor.tsx'
import { EditorPlace } from './editor-place.tsx'
import { ProblemCounts, ProblemsList } from './problems-list.tsx'
import type { Bench } from './use-workbench.ts'

interface EditorColumnProps {
  bench: Bench
  copy: ReactNode
  start: ReactNode
}

/** The editor, and under it what is wrong with the text, the place in it and what AMC keeps of it, or what an empty query can start from. */
export function EditorColumn({ bench, copy, start }: EditorColumnProps) {
  const isReader = useBlocked(keepDraft) !== null
  const empty = bench.state.content.sqlQuery === ''
  return (
    <div data-pane className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className={empty ? 'border-line-subtle h-[38px] flex-none border-b' : 'min-h-[60px] flex-1'}>
        <SqlEditor
          ref={(handle) => bench.editor.attach(handle)}
          value={bench.state.content.sqlQuery}
          key={bench.state.replaced}
          onChange={(sqlQuery) => bench.edit({ sqlQuery })}
          readOnly={isReader || bench.state.merging !== null}
          findings={bench.findings}
          schema={bench.schema}
          declared={bench.study.declared}
          onRenameParameter={bench.renameParameter}
          onConvertParameter={bench.keepDeclaration}
          onRun={bench.start}
          onCheck={bench.check}
          onTry={bench.tryLocally}
          onTryPart={bench.tryPart}
          onJudge={bench.judgePrivacy}
          onSave={bench.save}
          onSelected={bench.select}
          onPlace={bench.editor.placed}
          onLeave={(cursor) => rememberCursor(bench.workflowId, cursor)}
        />
      </div>
      {empty ? (
        start
      ) : (
        <section
          aria-label={t.problems}
          className="border-line bg-surface flex max-h-[164px] flex-none flex-col border-t [contain:content]"
        >
          <header className="text-12 flex min-h-[27px] flex-none flex-wrap items-center gap-x-3 px-3">
            <ProblemCounts problems={bench.problems} checked={bench.study.checked} />
            <div className="flex-1" />
            <EditorPlace editor={bench.editor} />
            {copy}
          </header>
          <ProblemsList problems={bench.problems} text={bench.study.text} editor={bench.editor} />
        </section>
      )}
    </div>
  )
}
