import type { InstanceId, Workflow } from '@recomamp/contracts'
import { WorkflowContent, getWorkflow, keepDraft, saveWorkflow } from '@recomamp/contracts'
import { startTransition, useEffect, useState } from 'react'
import { z } from 'zod'
import { call } from '#platform/api.ts'
import { readStored, writeStored } from '#platform/stored.ts'
import { type DocumentPorts, type DocumentState, type Mirror, type OpenDocument, openDocument } from './document.ts'

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
    return () => {
      removeEventListener('online', flush)
      removeEventListener('pagehide', flush)
      detach()
    }
  }, [document])
  return [useShown(document), document]
}

/** A pause of typing, and how long typing without one goes on unseen by the panes beside the editor. */
const pauseMs = 100
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
  const same = name === before.content.name && parameters === before.content.parameters
  return !(same && values === before.content.values && now.replaced === before.replaced && now.saving === before.saving)
}

function portsOf(workflow: Workflow, instanceId: () => InstanceId | null): DocumentPorts {
  const params = { workflowId: workflow.id }
  return {
    keepDraft: (content, revision, baseVersion) =>
      call(keepDraft, { params, body: { ...content, name: nameToSend(content.name), revision, baseVersion } }),
    save: (content, baseVersion) =>
      call(saveWorkflow, {
        params,
        body: { ...content, name: nameToSend(content.name), baseVersion, instanceId: instanceId() },
      }),
    read: () => call(getWorkflow, { params }),
    ...mirrorOf(`recomamp.draft.${workflow.id}`),
  }
}

const mirrorWithinMs = 200

/** Keeps unsent text in this tab's storage: shortly after a key, so that no key waits for it, and when the page goes. */
function mirrorOf(key: string): Pick<DocumentPorts, 'readMirror' | 'writeMirror'> {
  let latest: Mirror | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = () => {
    clearTimeout(timer)
    timer = undefined
    removeEventListener('pagehide', write)
    writeStored('session', key, latest === null ? null : JSON.stringify(latest))
  }
  return {
    readMirror: () => (timer === undefined ? readMirror(readStored('session', key)) : latest),
    writeMirror(mirror) {
      latest = mirror
      if (mirror === null) return write()
      if (timer !== undefined) return
      timer = setTimeout(write, mirrorWithinMs)
      addEventListener('pagehide', write)
    },
  }
}

/** A name that is just being retyped can be empty for a moment; the server wants one. */
function nameToSend(name: string): string {
  return name.trim() === '' ? 'Untitled query' : name.trim()
}

const StoredMirror = z.object({ content: WorkflowContent, revision: z.number(), baseVersion: z.number() })

function readMirror(text: string | null): Mirror | null {
  if (text === null) return null
  try {
    return StoredMirror.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
