import type { InstanceId, Workflow } from '@recomamp/contracts'
import { getWorkflow, getWorkflowVersion, keepDraft, saveWorkflow } from '@recomamp/contracts'
import { startTransition, useEffect, useState } from 'react'
import { call } from '#platform/api.ts'
import { readStored, writeStored } from '#platform/stored.ts'
import { type DocumentPorts, type DocumentState, type OpenDocument, openDocument } from './document.ts'
import { type MirrorStore, openMirror } from './draft/draft-mirror.ts'

/** Opens a query for editing; drafts go to the server and, until they are there, into this tab's storage. */
export function useDocument(workflow: Workflow, instanceId: InstanceId | null): [DocumentState, OpenDocument] {
  const [{ document, setInstance }] = useState(() => {
    let instance = instanceId
    return {
      document: openDocument(
        workflow,
        portsOf(workflow, () => instance),
      ),
      setInstance: (next: InstanceId | null) => void (instance = next),
    }
  })
  useEffect(() => setInstance(instanceId), [setInstance, instanceId])
  useEffect(() => {
    const detach = document.attach()
    const flush = () => document.flush()
    addEventListener('online', flush)
    addEventListener('pagehide', flush)
    const stopWarning = warnBeforeLoss(() => document.state())
    return () => {
      removeEventListener('online', flush)
      removeEventListener('pagehide', flush)
      stopWarning()
      detach()
    }
  }, [document])
  return [useShown(document), document]
}

/** Asks before the page goes while the server does not have the text: what this tab keeps of it ends with the tab (S-120). */
function warnBeforeLoss(state: () => DocumentState): () => void {
  const onLeave = (event: BeforeUnloadEvent) => {
    if (['offline', 'failed', 'conflict'].includes(state().keeping.kind)) event.preventDefault()
  }
  addEventListener('beforeunload', onLeave)
  return () => removeEventListener('beforeunload', onLeave)
}

/** A pause of typing, longer than most people take from key to key, and how long typing without one goes on unseen by the panes beside the editor. */
const pauseMs = 250
const longestMs = 1000

/** The document as the screen shows it. What is typed into the editor stands there already, and reaches the rest in a pause. */
function useShown(document: OpenDocument): DocumentState {
  const [shown, setShown] = useState(document.state)
  useEffect(() => {
    let seen = document.state()
    let pause: ReturnType<typeof setTimeout> | undefined
    let longest: ReturnType<typeof setTimeout> | undefined
    const stopTimers = () => {
      clearTimeout(pause)
      clearTimeout(longest)
      longest = undefined
    }
    const show = () => {
      stopTimers()
      startTransition(() => setShown(document.state()))
    }
    const unsubscribe = document.subscribe(() => {
      const before = seen
      seen = document.state()
      // Fields show what is typed into them at once, or their cursor would jump.
      if (hasFieldChange(before, seen)) {
        stopTimers()
        setShown(seen)
      } else {
        clearTimeout(pause)
        pause = setTimeout(show, pauseMs)
        longest ??= setTimeout(show, longestMs)
      }
    })
    // What changed between the first painting and now.
    show()
    return () => {
      stopTimers()
      unsubscribe()
    }
  }, [document])
  return shown
}

function hasFieldChange(before: DocumentState, now: DocumentState): boolean {
  const { name, parameters, values } = now.content
  const sameText = name === before.content.name && now.replaced === before.replaced && now.merging === before.merging
  const sameValues = parameters === before.content.parameters && values === before.content.values
  return !(sameText && sameValues && now.saving === before.saving)
}

function portsOf(workflow: Workflow, instanceId: () => InstanceId | null): DocumentPorts {
  const params = { workflowId: workflow.id }
  return {
    keepDraft: (content, revision, baseVersion) =>
      call(keepDraft, { params, body: { ...content, name: nameToSend(content.name), revision, baseVersion } }),
    save: (content, baseVersion, draftRevision) =>
      call(saveWorkflow, {
        params,
        body: { ...content, name: nameToSend(content.name), baseVersion, draftRevision, instanceId: instanceId() },
      }),
    read: () => call(getWorkflow, { params }),
    readVersion: (version) => call(getWorkflowVersion, { params: { ...params, version } }),
    ...openMirror(storeOf(`recomamp.draft.${workflow.id}`)),
  }
}

/** In this tab's storage. */
function storeOf(key: string): MirrorStore {
  return {
    read: () => readStored('session', key),
    write: (text) => writeStored('session', key, text),
    onLeave(listener) {
      addEventListener('pagehide', listener)
      return () => removeEventListener('pagehide', listener)
    },
  }
}

/** A name that is just being retyped can be empty for a moment; the server wants one. */
function nameToSend(name: string): string {
  return name.trim() === '' ? 'Untitled query' : name.trim()
}
