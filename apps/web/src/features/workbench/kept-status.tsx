import { Check, CloudOff, TriangleAlert } from 'lucide-react'
import { workbench } from '#messages/workbench.ts'
import { timeOfDay } from '#platform/words.ts'
import type { DocumentState } from './document.ts'

const t = workbench.kept

/** Where the text stands, in a few words. */
export function KeptStatus({ state }: { state: DocumentState }) {
  const bad = ['offline', 'failed', 'conflict'].includes(state.keeping.kind)
  const good = state.keeping.kind === 'kept' || state.keeping.kind === 'saved'
  return (
    <span role="status" className={`text-12 flex min-w-0 items-center gap-1.5 ${bad ? 'text-warn' : 'text-text-3'}`}>
      {good && !state.saving && <Check size={12} strokeWidth={2} aria-hidden className="text-ok flex-none" />}
      {state.keeping.kind === 'offline' && <CloudOff size={12} strokeWidth={2} aria-hidden className="flex-none" />}
      {(state.keeping.kind === 'conflict' || state.keeping.kind === 'failed') && (
        <TriangleAlert size={12} strokeWidth={2} aria-hidden className="flex-none" />
      )}
      <span className="cut">{state.saving ? t.saving : words(state)}</span>
    </span>
  )
}

function words({ keeping, version }: DocumentState): string {
  switch (keeping.kind) {
    case 'kept':
      return t.kept(timeOfDay(keeping.at))
    case 'saved':
      return t.clean(version)
    case 'failed':
      return t.failed(keeping.reason)
    default:
      return t[keeping.kind]
  }
}
