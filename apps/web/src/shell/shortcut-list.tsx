import { shell } from '#messages/shell.ts'
import { Dialog } from '#ui/dialog.tsx'
import { useSingleKeysOn } from '#platform/single-keys.ts'
import { Switch } from '#ui/switch.tsx'

export function ShortcutList({ onClose }: { onClose: () => void }) {
  const [singleKeys, setSingleKeys] = useSingleKeysOn()
  return (
    <Dialog title={shell.helpTitle} isOpen onClose={onClose}>
      {shell.shortcuts.map(({ group, keys }) => (
        <section key={group}>
          <h3 className="text-12 text-text-2 mb-1">{group}</h3>
          <dl className="text-12 grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1">
            {keys.map(([key, what]) => (
              <div key={key} className="contents">
                <dt>{what}</dt>
                <dd className="text-right">
                  <kbd className="kbd">{key}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Switch label={shell.singleKeys} value={singleKeys} onChange={setSingleKeys}>
        {shell.singleKeys}
      </Switch>
    </Dialog>
  )
}
