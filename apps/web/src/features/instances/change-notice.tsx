import type { InstanceId, SchemaSnapshot } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { GitCompare } from 'lucide-react'
import { instance } from '#messages/instance.ts'
import { exactly, when } from '#platform/words.ts'

const t = instance.change

interface ChangeNoticeProps {
  instanceId: InstanceId
  snapshot: SchemaSnapshot
  now: Date
}

/** What is different about the tables since the reading before, and the saved queries that name it. */
export function ChangeNotice({ instanceId, snapshot, now }: ChangeNoticeProps) {
  if (snapshot.changes === null) return null
  const { tablesAdded, tablesRemoved, tablesChanged } = snapshot.changes
  const lines = [
    tablesRemoved.length > 0 && t.removed(tablesRemoved.join(', ')),
    tablesChanged.length > 0 && t.changed(tablesChanged.map(({ name }) => name).join(', ')),
    tablesAdded.length > 0 && t.added(tablesAdded.join(', ')),
  ].filter((line) => line !== false)
  return (
    <section aria-labelledby="schema-change" className="bg-warn-tint border-warn-line rounded-6 border px-3.5 py-2.5">
      <h2 id="schema-change" className="text-13 flex items-center gap-2" title={exactly(snapshot.firstReadAt)}>
        <GitCompare size={14} strokeWidth={1.7} aria-hidden className="text-warn flex-none" />
        {t.title(when(snapshot.firstReadAt, now))}
      </h2>
      {lines.map((line) => (
        <p key={line} className="text-12 text-text-2 break-words">
          {line}
        </p>
      ))}
      {snapshot.touches.length > 0 && (
        <>
          <p className="text-12 mt-1">{t.touches(snapshot.touches.length)}</p>
          <ul className="text-12 max-h-28 overflow-auto">
            {snapshot.touches.map(({ workflowId, name, breaks }) => (
              <li key={workflowId}>
                <Link to="/workbench/$workflowId" params={{ workflowId }} search={{}}>
                  {name}
                </Link>
                {breaks && <span className="text-warn"> {t.breaks}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      <Link to="/data-sources/changes" search={{ i: instanceId }} className="text-12">
        {t.all}
      </Link>
    </section>
  )
}
