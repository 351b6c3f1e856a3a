import { type WebhookDeliveryDetail, type WebhookDeliveryId, type WebhookId, redeliver } from '@recomamp/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, CircleDot, CircleX, Copy, Send } from 'lucide-react'
import { webhooks } from '#messages/webhooks.ts'
import { call } from '#platform/api.ts'
import { exactly, timeOfDay, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { CopyWordButton } from '#ui/copy-word-button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { webhookQueries } from './webhooks.queries.ts'

const t = webhooks.log

/** What was sent, what came back, and every try. */
export function DeliveryDetail(props: { webhookId: WebhookId; deliveryId: WebhookDeliveryId; now: Date }) {
  const { webhookId, deliveryId, now } = props
  const client = useQueryClient()
  const found = useQuery(webhookQueries.delivery(webhookId, deliveryId))
  const again = useMutation({
    mutationFn: () => call(redeliver, { params: { webhookId, deliveryId } }),
    onSettled: () => client.invalidateQueries({ queryKey: webhookQueries.all() }),
  })
  if (found.error !== null) return <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />
  if (found.data === undefined) return <Skeleton label={t.whatWeSent} rows={4} />
  const { payload, messageId, attempts, nextTryAt } = found.data
  const sent = JSON.stringify(JSON.parse(payload), null, 2)
  const answer = attempts.findLast((attempt) => attempt.answer !== null || attempt.error !== null)
  return (
    <div className="webhook-detail">
      <div className="flex min-w-0 flex-col gap-1.5">
        <div className="flex items-baseline justify-between gap-3">
          <h4 className="text-12 font-medium flex-none">{t.whatWeSent}</h4>
          <span className="mono text-12 text-text-2 cut" title={messageId}>
            {t.messageId(messageId)}
          </span>
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys too */}
        <pre className="webhook-text" tabIndex={0} aria-label={t.whatWeSent}>
          {sent}
        </pre>
      </div>
      <div className="flex min-w-0 flex-col gap-1.5">
        <h4 className="text-12 font-medium">{t.cameBack}</h4>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys too */}
        <pre className="webhook-text" tabIndex={0} aria-label={t.cameBack}>
          {answer?.answer ?? answer?.error ?? t.nothingBack}
        </pre>
        <h4 className="text-12 font-medium">{t.tries}</h4>
        <ol className="flex flex-col gap-1">
          {attempts.map((attempt) => (
            <Try key={attempt.at} attempt={attempt} />
          ))}
          {nextTryAt !== null && (
            <li className="flex items-center gap-1.5">
              <CircleDot size={14} strokeWidth={1.7} aria-hidden className="text-text-2 flex-none" />
              {t.next(when(nextTryAt, now))}
            </li>
          )}
        </ol>
        {again.error !== null && <ErrorPanel error={again.error} />}
        <div className="flex flex-wrap gap-2">
          <Button needs={redeliver} busy={again.isPending} onPress={() => again.mutate()}>
            <Send size={14} strokeWidth={1.7} aria-hidden />
            {t.again}
          </Button>
          <CopyWordButton text={sent} label={t.copyWhat} icon={<Copy size={14} strokeWidth={1.7} aria-hidden />}>
            {t.copy}
          </CopyWordButton>
        </div>
      </div>
    </div>
  )
}

function Try({ attempt }: { attempt: WebhookDeliveryDetail['attempts'][number] }) {
  const { at, status, error, tookMs } = attempt
  const isDelivered = error === null && tookMs !== null
  const Icon = isDelivered ? CircleCheck : CircleX
  return (
    <li className="flex items-start gap-1.5" title={error ?? ''}>
      <Icon
        size={14}
        strokeWidth={1.7}
        aria-hidden
        className={`mt-0.5 flex-none ${isDelivered ? 'text-ok' : 'text-bad'}`}
      />
      <span className="text-text-2 tabular-nums" title={exactly(at)}>
        {timeOfDay(new Date(at))}
      </span>
      <span className="min-w-0 break-words">
        {tookMs === null ? t.unfinished : t.tryWas(String(status ?? error ?? t.noAnswer), t.took(tookMs))}
      </span>
    </li>
  )
}
