import { keepDraft } from '@recomamp/contracts'
import { Fenced } from '#ui/fenced.tsx'
import type { Bench } from './use-workbench.ts'
import { ParametersForm } from './values/parameters-form.tsx'
import { PrivacyBlock, strictestOf } from './values/privacy-block.tsx'
import { WindowBlock } from './values/window-block.tsx'

/** What a run gets beside the text: the window, the values, and what happens below the threshold. */
export function ValuesPane({ bench, onLeave }: { bench: Bench; onLeave?: () => void }) {
  const strictest = strictestOf(bench.study.output)
  return (
    <Fenced needs={keepDraft}>
      <WindowBlock
        choice={bench.windowChoice}
        now={bench.now}
        defaults={bench.defaults}
        onChange={bench.setWindowChoice}
      />
      <ParametersForm
        declarations={bench.study.declarations}
        uses={bench.study.uses}
        toldBy={bench.study.toldBy}
        instance={bench.instance}
        guessed={bench.guessed}
        values={bench.state.content.values}
        onValue={(name, value) => bench.edit({ values: { ...bench.state.content.values, [name]: value } })}
        onDeclare={bench.declare}
        onJump={(name) => {
          onLeave?.()
          jumpToUse(bench, name)
        }}
      />
      <PrivacyBlock
        column={strictest?.name}
        threshold={strictest?.threshold}
        value={bench.privacy}
        onChange={bench.setPrivacy}
        judged={bench.judgement?.preview ?? null}
        onJudge={bench.judgePrivacy}
      />
    </Fenced>
  )
}

/** Selects the next use of a parameter behind the cursor, the first one after the last. */
function jumpToUse(bench: Bench, name: string): void {
  const uses = bench.study.uses.get(name) ?? []
  const cursor = bench.editor.cursor()
  const next = uses.find((use) => use.from >= cursor) ?? uses[0]
  // Where the editor is in a tab or under a drawer, it is there only after this render.
  if (next !== undefined) setTimeout(() => bench.editor.select(next.from, next.to))
}
