import { type PersonalToken, TokenScope, createToken, revokeToken } from '@recomamp/contracts'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { access } from '#messages/access.ts'
import { settings } from '#messages/settings.ts'
import { call } from '#platform/api.ts'
import { useNow } from '#platform/clock.ts'
import { useWidth } from '#platform/width.ts'
import { exactly, instantDay, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Field } from '#ui/field.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { ShowMore } from '#ui/show-more.tsx'
import { Switch } from '#ui/switch.tsx'
import { tell } from '#ui/toast.tsx'
import { SectionHead } from '../section-head.tsx'
import { accessQueries } from './access.queries.ts'
import { EndCell } from './end-cell.tsx'
import { Secret } from '#ui/secret.tsx'

const t = access.tokens
const lives = ['7', '30', '90', '366'] as const

/** The person's access tokens for programs: made, shown once, ended. */
export function TokensSettings() {
  const client = useQueryClient()
  const now = useNow(60_000)
  const phone = useWidth() === 'phone'
  const [isMaking, setMaking] = useState(false)
  const [ending, setEnding] = useState<PersonalToken | null>(null)
  const list = useInfiniteQuery(accessQueries.tokens())
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const refresh = () => client.invalidateQueries({ queryKey: accessQueries.tokens().queryKey })
  const end = useMutation({
    mutationFn: async ({ id, name }: PersonalToken) => {
      await call(revokeToken, { params: { tokenId: id } })
      setEnding(null)
      tell(t.ended(name))
    },
    onSettled: refresh,
  })
  return (
    <>
      <SectionHead
        title={settings.sections.tokens}
        lead={t.lead}
        actions={
          <Button look="primary" onPress={() => setMaking(true)}>
            <Plus size={14} strokeWidth={1.7} aria-hidden />
            {t.create}
          </Button>
        }
      />
      {list.error !== null && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton label={t.list} rows={3} />}
      {list.data !== undefined && items.length === 0 && <EmptyState>{t.empty}</EmptyState>}
      {items.length > 0 && (
        <table className="rows border-line border-t" aria-label={t.list}>
          <colgroup>
            <col />
            {!phone && <col style={{ width: '18%' }} />}
            {!phone && <col style={{ width: '26%' }} />}
            <col style={{ width: '104px' }} />
            <col style={{ width: '76px' }} />
          </colgroup>
          <thead>
            <tr>
              <th>{t.columns.name}</th>
              {!phone && <th>{t.columns.scopes}</th>}
              {!phone && <th>{t.columns.used}</th>}
              <th>{t.columns.ends}</th>
              <th>
                <span className="sr-only">{t.columns.actions}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((token) => (
              <tr key={token.id}>
                <td title={token.name}>
                  <span className="font-medium">{token.name}</span>{' '}
                  <span className="mono text-text-3">{token.hint}…</span>
                </td>
                {!phone && <td className="text-text-2">{token.scopes.join(', ')}</td>}
                {!phone && (
                  <td className="text-text-2" title={token.lastUsedAt === null ? '' : exactly(token.lastUsedAt)}>
                    {token.lastUsedAt === null
                      ? t.never
                      : t.from(when(token.lastUsedAt, now), token.lastUsedFrom ?? access.unknown)}
                  </td>
                )}
                <td className="text-text-2" title={exactly(token.expiresAt)}>
                  {instantDay(token.expiresAt)}
                </td>
                <EndCell word={t.revoke} label={t.revokeOne(token.name)} onEnd={() => setEnding(token)} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ShowMore list={list} label={access.showMore} inset="px-4 tablet:px-5">
        {access.more(items.length, list.data?.pages[0]?.total ?? 0)}
      </ShowMore>
      {isMaking && <NewToken onMade={() => void refresh()} onClose={() => setMaking(false)} />}
      {ending !== null && (
        <Dialog title={t.revokeTitle(ending.name)} isOpen onClose={() => setEnding(null)}>
          <p className="text-text-2">{t.revokeWhat}</p>
          {end.error !== null && <ErrorPanel error={end.error} />}
          <div className="flex flex-wrap gap-2">
            <Button look="danger" busy={end.isPending} onPress={() => end.mutate(ending)}>
              {t.revoke}
            </Button>
            <Button onPress={() => setEnding(null)}>{t.cancel}</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

function NewToken({ onMade, onClose }: { onMade: () => void; onClose: () => void }) {
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly TokenScope[]>(['read'])
  const [days, setDays] = useState<(typeof lives)[number]>('30')
  const make = useMutation({
    mutationFn: () => call(createToken, { body: { name, scopes: [...scopes], days: Number(days) } }),
    onSuccess: onMade,
  })
  const isReady = name.trim() !== '' && scopes.length > 0
  if (make.data !== undefined)
    return (
      <Dialog title={t.createTitle} isOpen onClose={onClose}>
        <Secret label={t.secret} text={make.data.secret} help={t.once} />
        <div>
          <Button look="primary" onPress={onClose}>
            {t.done}
          </Button>
        </div>
      </Dialog>
    )
  return (
    <Dialog title={t.createTitle} isOpen onClose={onClose}>
      <Field label={t.name} help={t.nameHelp} value={name} onChange={setName} maxLength={100} />
      <div role="group" aria-label={t.scopes} className="flex flex-col gap-1.5">
        <span className="field-label" aria-hidden>
          {t.scopes}
        </span>
        {TokenScope.options.map((scope) => (
          <Switch
            key={scope}
            label={t.scopeNotes[scope]}
            value={scopes.includes(scope)}
            onChange={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((each) => each !== scope))}
          >
            {t.scopeNotes[scope]}
          </Switch>
        ))}
      </div>
      <Select
        label={t.ends}
        value={days}
        onChange={setDays}
        choices={lives.map((value) => ({ value, label: t.days(Number(value)) }))}
      />
      {make.error !== null && <ErrorPanel error={make.error} />}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={make.isPending || !isReady} onPress={() => make.mutate()}>
          {t.make}
        </Button>
        <Button onPress={onClose}>{t.cancel}</Button>
      </div>
    </Dialog>
  )
}
