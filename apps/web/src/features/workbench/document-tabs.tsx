import { Link, useNavigate } from '@tanstack/react-router'
import type { WorkflowId } from '@recomamp/contracts'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { workbench } from '#messages/workbench.ts'
import { dropTab, keepTabs, neighbourOf, type OpenTab, openTabs, withTab } from './open-documents.ts'

const t = workbench.tabs

interface DocumentTabsProps {
  current: OpenTab
  /** The tab of the query that is open, in which its name is edited. */
  children: ReactNode
}

/** The queries that are open in this browser, each a link; a middle click or its cross closes one, Ctrl Alt and an arrow goes along them. */
export function DocumentTabs({ current, children }: DocumentTabsProps) {
  const { id, name, edited } = current
  const [others, setOthers] = useState(openTabs)
  const tabs = withTab(others, { id, name, edited })
  const navigate = useNavigate()
  useEffect(() => keepTabs(withTab(openTabs(), { id, name, edited })), [id, name, edited])
  const go = (to: OpenTab | null) =>
    void (to === null
      ? navigate({ to: '/workbench/new' })
      : navigate({ to: '/workbench/$workflowId', params: { workflowId: to.id }, search: {} }))
  const close = (closed: WorkflowId) => {
    const next = neighbourOf(tabs, closed)
    setOthers(dropTab(closed))
    if (closed === id) go(next)
  }
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!event.ctrlKey || !event.altKey || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return
    const at = tabs.findIndex((each) => each.id === id)
    const next = tabs[(at + (event.key === 'ArrowRight' ? 1 : tabs.length - 1)) % tabs.length]
    event.preventDefault()
    event.stopPropagation()
    if (next !== undefined && next.id !== id) go(next)
  })
  useEffect(() => {
    const onCapture = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', onCapture, { capture: true })
    return () => removeEventListener('keydown', onCapture, { capture: true })
  }, [])
  return (
    <nav aria-label={t.label} className="document-tabs">
      {tabs.map((tab) =>
        tab.id === id ? (
          <div key={id} ref={intoView} aria-current="page" onAuxClick={(event) => event.button === 1 && close(id)}>
            {children}
            {edited && <Dot />}
            {tabs.length > 1 && <Close name={name} onClose={() => close(id)} />}
          </div>
        ) : (
          <div key={tab.id} onAuxClick={(event) => event.button === 1 && (event.preventDefault(), close(tab.id))}>
            <Link to="/workbench/$workflowId" params={{ workflowId: tab.id }} search={{}} title={tab.name}>
              <span className="cut">{tab.name}</span>
              {tab.edited && <Dot />}
            </Link>
            <Close name={tab.name} onClose={() => close(tab.id)} />
          </div>
        ),
      )}
    </nav>
  )
}

/** A tab that is opened is in sight, however many there are. */
function intoView(tab: HTMLElement | null) {
  tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

function Dot() {
  return <span role="img" aria-label={t.edited} title={t.edited} className="edited-dot" />
}

/** Reached by the pointer and by Tab; the middle click does the same. */
function Close({ name, onClose }: { name: string; onClose: () => void }) {
  return (
    <button type="button" className="btn quiet small square" aria-label={t.close(name)} onClick={onClose}>
      <X size={12} strokeWidth={2} aria-hidden />
    </button>
  )
}
