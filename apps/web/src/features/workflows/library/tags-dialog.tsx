import type { WorkflowSummary } from '@recomamp/contracts'
import { useState } from 'react'
import { library } from '#messages/queries.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { TagList } from '#ui/tag-list.tsx'

const t = library.tagging

interface TagsDialogProps {
  queries: readonly WorkflowSummary[]
  onSave: (add: string[], remove: string[]) => void
  onClose: () => void
}

/** The tags that all of some queries have: more of them, or fewer. */
export function TagsDialog({ queries, onSave, onClose }: TagsDialogProps) {
  const [first, ...others] = queries
  const common = (first?.tags ?? []).filter((tag) => others.every(({ tags }) => tags.includes(tag)))
  const [tags, setTags] = useState<readonly string[]>(common)
  const partly = queries.some((query) => query.tags.some((tag) => !common.includes(tag)))
  return (
    <Dialog title={t.title(queries.length)} isOpen onClose={onClose}>
      <TagList label={t.label} addLabel={t.add} values={tags} onChange={setTags} />
      {partly && <p className="text-12 text-text-2">{t.partly}</p>}
      <div className="flex justify-end">
        <Button
          look="primary"
          onPress={() =>
            onSave(
              tags.filter((tag) => !common.includes(tag)).map((tag) => tag.slice(0, 40)),
              common.filter((tag) => !tags.includes(tag)),
            )
          }
        >
          {t.save}
        </Button>
      </div>
    </Dialog>
  )
}
