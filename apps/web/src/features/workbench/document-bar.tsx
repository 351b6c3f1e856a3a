import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Plus, SlidersHorizontal, Table2 } from 'lucide-react'
import { workbench as t } from '#messages/workbench.ts'
import type { Width } from '#platform/width.ts'
import { Button } from '#ui/button.tsx'
import { StatusGlyph } from '#ui/status-mark.tsx'
import type { DocumentState } from './document.ts'
import { KeptStatus } from './kept-status.tsx'

interface DocumentBarProps {
  state: DocumentState
  width: Width
  onName: (name: string) => void
  onSave: () => void
  onFormat: () => void
  outline: ReactNode
  onDrawer: (drawer: 'schema' | 'values') => void
}

/** The open query: its name, where its text stands, and the way to keep a version of it. */
export function DocumentBar({ state, width, onName, onSave, onFormat, outline, onDrawer }: DocumentBarProps) {
  return (
    <div className="border-line bg-sunken flex min-h-[34px] flex-none items-center gap-2 border-b pr-2">
      <h1 className="sr-only">{state.content.name}</h1>
      <label className="bg-surface border-line-subtle relative flex h-[34px] min-w-0 flex-1 items-center gap-[7px] border-r px-3 tablet:max-w-[340px]">
        <span aria-hidden className="bg-accent absolute inset-x-0 top-0 h-0.5" />
        <span className="text-text-3">
          <StatusGlyph glyph="draft" />
        </span>
        <span className="sr-only">{t.name}</span>
        <input
          className="font-medium min-w-0 flex-1 truncate bg-transparent py-1 text-[0.78125rem] focus-visible:outline-offset-2"
          value={state.content.name}
          title={state.content.name}
          maxLength={200}
          spellCheck={false}
          onChange={(event) => onName(event.target.value)}
        />
      </label>
      <Link to="/workbench/new" aria-label={t.newQuery} title={t.newQuery} className="btn quiet small square">
        <Plus size={16} strokeWidth={1.6} aria-hidden />
      </Link>
      {width === 'tablet' && (
        <>
          <Button look="quiet" size="small" onPress={() => onDrawer('schema')}>
            <Table2 size={14} strokeWidth={1.7} aria-hidden />
            {t.tables}
          </Button>
          <Button look="quiet" size="small" onPress={() => onDrawer('values')}>
            <SlidersHorizontal size={14} strokeWidth={1.7} aria-hidden />
            {t.values}
          </Button>
        </>
      )}
      {width !== 'phone' && <div className="flex-1" />}
      {width !== 'phone' && <KeptStatus state={state} />}
      {width === 'desk' && (
        <>
          <span aria-hidden className="bg-line mx-1 h-[18px] w-px" />
          <span className="text-12 text-text-2 flex-none">{t.version(state.version, state.edited)}</span>
        </>
      )}
      {outline}
      {width === 'desk' && (
        <Button look="quiet" size="small" onPress={onFormat}>
          {t.format}
          <span className="kbd">Ctrl ⇧ F</span>
        </Button>
      )}
      <Button size="small" busy={state.saving} onPress={onSave}>
        {t.save}
        {width === 'desk' && <span className="kbd">Ctrl S</span>}
      </Button>
    </div>
  )
}
