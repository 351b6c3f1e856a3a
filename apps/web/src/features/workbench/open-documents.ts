import { WorkflowId } from '@recomamp/contracts'
import { z } from 'zod'
import { readStored, writeStored } from '#platform/stored.ts'

/** A query that has a tab in this browser. */
const OpenDocument = z.object({ id: WorkflowId, name: z.string(), edited: z.boolean() })
export type OpenTab = z.infer<typeof OpenDocument>

const key = 'recomamp.open-documents'
/** Beyond it the tab that was opened first goes: a row of tabs that nobody can read helps nobody. */
const most = 12

/** The queries that have a tab, in the order of the tabs; a text that cannot be read is none. */
export function openTabs(): OpenTab[] {
  try {
    return z.array(OpenDocument).safeParse(JSON.parse(readStored('local', key) ?? '[]')).data ?? []
  } catch {
    return []
  }
}

/** Gives a query its tab, or its tab another name and mark; answers all of them. */
export function withTab(tabs: readonly OpenTab[], tab: OpenTab): OpenTab[] {
  const isKnown = tabs.some((each) => each.id === tab.id)
  return isKnown ? tabs.map((each) => (each.id === tab.id ? tab : each)) : [...tabs, tab].slice(-most)
}

/** The query to show once a tab is closed: the one behind it, else the one before. */
export function neighbourOf(tabs: readonly OpenTab[], id: WorkflowId): OpenTab | null {
  const at = tabs.findIndex((each) => each.id === id)
  return at === -1 ? null : (tabs[at + 1] ?? tabs[at - 1] ?? null)
}

export function keepTabs(tabs: readonly OpenTab[]): void {
  writeStored('local', key, JSON.stringify(tabs))
}

/** Takes the tab of a query away. */
export function dropTab(id: WorkflowId): OpenTab[] {
  const left = openTabs().filter((each) => each.id !== id)
  keepTabs(left)
  return left
}
