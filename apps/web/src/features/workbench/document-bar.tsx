import { saveWorkflow } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { History, Plus, SlidersHorizontal, Table2 } from 'lucide-react'
import { memo } from 'react'
import { history } from '#messages/history.ts'
import { workbench as t } from '#messages/workbench.ts'
import type { Width } from '#platform/width.ts'
import { useBlocked } from '#platform/may.ts'
import { Button } from '#ui/button.tsx'
import { StatusGlyph } from '#ui/status-mark.tsx'
import { DocumentTabs } from './document-tabs.tsx'
import { KeptStatus } from './kept-status.tsx'
import { OutlineButton } from './outline-button.tsx'
import { PaneButton } from './panes.tsx'
import { SnippetsButton } from './snippets-button.tsx'
import type { Bench } from './use-workbench.ts'

type Drawer = 'schema' | 'values'

interface DocumentBarProps {
  bench: Bench
  width: Width
  /** There are panes beside the editor, which can be put away. */
  hasPanes: boolean
  onDrawer: (drawer: Drawer) => void
  onHistory: () => void
}

/** The open query: its name, where its text stands, and the way to keep a version of it. Typing changes only the words of the middle. */
export function DocumentBar({ bench, width, hasPanes, onDrawer, onHistory }: DocumentBarProps) {
  const { state } = bench
  return (
    <div data-pane className="border-line bg-sunken flex min-h-[34px] flex-none items-center gap-2 border-b pr-2">
      <h1 className="sr-only">{state.content.name}</h1>
      {hasPanes && (
        <span className="-mr-2 pl-1">
          <PaneButton pane="schema" />
        </span>
      )}
      {width === 'phone' ? (
        <NameField name={state.content.name} edit={bench.edit} />
      ) : (
        <DocumentTabs current={{ id: bench.workflowId, name: state.content.name, edited: state.edited }}>
          <NameField name={state.content.name} edit={bench.edit} />
        </DocumentTabs>
      )}
      <NewQuery />
      {width === 'tablet' && <DrawerButtons onDrawer={onDrawer} />}
      {width !== 'phone' && <KeptStatus state={state} />}
      {width === 'desk' && (
        <>
          <span aria-hidden className="bg-line mx-1 h-[18px] w-px" />
        </>
      )}
      {width === 'phone' ? (
        <Button look="quiet" size="small" square aria-label={history.open} onPress={onHistory}>
          <History size={14} strokeWidth={1.7} aria-hidden />
        </Button>
      ) : (
        <Button
          look="quiet"
          size="small"
          aria-label={`${history.open}, ${t.version(state.version, state.edited)}`}
          onPress={onHistory}
        >
          <History size={14} strokeWidth={1.7} aria-hidden />
          {t.version(state.version, state.edited)}
        </Button>
      )}
      <Actions
        width={width}
        saving={state.saving}
        save={bench.save}
        editor={bench.editor}
        schema={bench.schema}
        document={bench.document}
      />
      {hasPanes && <PaneButton pane="values" />}
    </div>
  )
}

const NameField = memo(function NameField({ name, edit }: { name: string; edit: Bench['edit'] }) {
  const isReader = useBlocked(saveWorkflow) !== null
  return (
    <label className="bg-surface relative flex h-[34px] min-w-0 flex-1 items-center gap-[7px] px-3 tablet:max-w-[340px]">
      <span aria-hidden className="bg-accent absolute inset-x-0 top-0 h-0.5" />
      <span className="text-text-3">
        <StatusGlyph glyph="draft" />
      </span>
      <span className="sr-only">{t.name}</span>
      <input
        data-main
        className="font-medium min-w-0 flex-1 truncate bg-transparent py-1 text-[0.78125rem] focus-visible:outline-offset-2"
        value={name}
        title={name}
        maxLength={200}
        readOnly={isReader}
        spellCheck={false}
        onChange={(event) => edit({ name: event.target.value })}
      />
    </label>
  )
})

const NewQuery = memo(function NewQuery() {
  return (
    <Link to="/workbench/new" aria-label={t.newQuery} title={t.newQuery} className="btn quiet small square">
      <Plus size={16} strokeWidth={1.6} aria-hidden />
    </Link>
  )
})

const DrawerButtons = memo(function DrawerButtons({ onDrawer }: Pick<DocumentBarProps, 'onDrawer'>) {
  return (
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
  )
})

interface ActionsProps extends Pick<Bench, 'save' | 'editor' | 'schema' | 'document'> {
  width: Width
  saving: boolean
}

const Actions = memo(function Actions({ width, saving, save, editor, schema, document }: ActionsProps) {
  return (
    <>
      <SnippetsButton onInsert={editor.insertSnippet} />
      <OutlineButton text={() => document.state().content.sqlQuery} schema={schema} onGo={editor.select} />
      {width === 'desk' && (
        <Button look="quiet" size="small" needs={saveWorkflow} onPress={editor.format}>
          {t.format}
          <span className="kbd">Ctrl ⇧ F</span>
        </Button>
      )}
      <Button size="small" needs={saveWorkflow} busy={saving} onPress={save}>
        {t.save}
        {width === 'desk' && <span className="kbd">Ctrl S</span>}
      </Button>
    </>
  )
})
