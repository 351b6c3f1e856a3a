import { WorkflowId } from '@recomamp/contracts'
import { useEffect, useEffectEvent } from 'react'
import { forgetEarlyPress, pressEarly, type RunAct } from './early-press.ts'

/** The keys of Run work wherever the focus is on the page; in the editor they are its own. */
export function useRunKeys(onPressed: (act: RunAct | 'request') => void): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const act = actOf(event)
    if (act === null) return
    event.preventDefault()
    event.stopPropagation()
    onPressed(act)
  })
  useEffect(() => {
    // Before the fields see them, some of which let no key out.
    const onCapture = (event: KeyboardEvent) => onKey(event)
    addEventListener('keydown', onCapture, { capture: true })
    return () => removeEventListener('keydown', onCapture, { capture: true })
  }, [])
}

/**
 * Keeps what is pressed to run a query while the page of the workbench or the query is still on its way, which is when nobody else
 * takes the key. `pathname` is the address that is being opened.
 */
export function useEarlyRunKeys(pathname: string): void {
  const [, area, id] = pathname.split('/')
  const isIn = area === 'workbench'
  const workflowId = WorkflowId.safeParse(id).data ?? 'next'
  useEffect(() => {
    if (!isIn) return
    const onKey = (event: KeyboardEvent) => {
      const act = actOf(event)
      if (act === null || act === 'request') return
      // The page before may still be there, with the focus on a button that takes Enter.
      event.preventDefault()
      event.stopPropagation()
      pressEarly(workflowId, act)
    }
    // Behind the listener of a query that is there, which is at the window.
    document.addEventListener('keydown', onKey, { capture: true })
    return () => {
      document.removeEventListener('keydown', onKey, { capture: true })
      // What was pressed for the query that opens next is done once it is there.
      if (workflowId !== 'next') forgetEarlyPress(workflowId)
    }
  }, [isIn, workflowId])
}

function actOf(event: KeyboardEvent): RunAct | 'request' | null {
  // The editor has the keys of Run itself, and a layer over the page keeps its own.
  const isElsewhere = event
    .composedPath()
    .some((one) => one instanceof Element && one.matches('.editor-host, .dialog, .drawer, .popover'))
  if (isElsewhere) return null
  const command = event.ctrlKey || event.metaKey
  if (event.code === 'KeyR' && command && event.altKey) return 'request'
  if (event.code === 'KeyP' && event.altKey && !command) return 'judgePrivacy'
  if (event.key !== 'Enter' || command === event.altKey) return null
  if (command) return event.shiftKey ? 'check' : 'start'
  return event.shiftKey ? 'tryPart' : 'tryLocally'
}
