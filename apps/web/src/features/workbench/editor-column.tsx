import type { ReactNode } from 'react'
import { SqlEditor } from './editor/sql-editor.tsx'
import { ProblemsList } from './problems-list.tsx'
import type { Bench } from './use-workbench.ts'

interface EditorColumnProps {
  bench: Bench
  copy: ReactNode
  start: ReactNode
}

/** The editor, and under it what is wrong with the text and what AMC keeps of it, or what an empty query can start from. */
export function EditorColumn({ bench, copy, start }: EditorColumnProps) {
  const empty = bench.state.content.sqlQuery === ''
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div className={empty ? 'border-line-subtle h-[38px] flex-none border-b' : 'min-h-[60px] flex-1'}>
        <SqlEditor
          ref={(handle) => bench.editor.attach(handle)}
          value={bench.state.content.sqlQuery}
          key={bench.state.replaced}
          onChange={(sqlQuery) => bench.edit({ sqlQuery })}
          findings={bench.findings}
          schema={bench.schema}
          declared={bench.study.declared}
          onRenameParameter={bench.renameParameter}
          onConvertParameter={bench.keepDeclaration}
          onRun={bench.start}
          onSave={bench.save}
        />
      </div>
      {empty ? (
        start
      ) : (
        <>
          <ProblemsList
            problems={bench.problems}
            checked={bench.study.checked}
            text={bench.study.text}
            editor={bench.editor}
          />
          {copy}
        </>
      )}
    </div>
  )
}
