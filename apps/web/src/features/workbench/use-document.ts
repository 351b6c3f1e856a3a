import type { InstanceId, Workflow } from '@recomamp/contracts'
import { WorkflowContent, getWorkflow, keepDraft, saveWorkflow } from '@recomamp/contracts'
import { useEffect, useState, useSyncExternalStore } from 'react'
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
  return [useSyncExternalStore(document.subscribe, document.state), document]
}

function portsOf(workflow: Workflow, instanceId: () => InstanceId | null): DocumentPorts {
  const params = { workflowId: workflow.id }
  const key = `recomamp.draft.${workflow.id}`
  return {
    keepDraft: (content, revision, baseVersion) =>
      call(keepDraft, { params, body: { ...content, name: nameToSend(content.name), revision, baseVersion } }),
    save: (content, baseVersion) =>
      call(saveWorkflow, {
        params,
        body: { ...content, name: nameToSend(content.name), baseVersion, instanceId: instanceId() },
      }),
    read: () => call(getWorkflow, { params }),
    readMirror: () => readMirror(readStored('session', key)),
    writeMirror: (mirror) => void writeStored('session', key, mirror === null ? null : JSON.stringify(mirror)),
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
