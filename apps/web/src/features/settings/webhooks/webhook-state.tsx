import type { Webhook } from '@recomamp/contracts'
import { CircleCheck, CircleDot, TriangleAlert } from 'lucide-react'
import { webhooks as t } from '#messages/webhooks.ts'

/** Whether messages get through, as shape and word. */
export function WebhookState({ webhook: { state, failures } }: { webhook: Webhook }) {
  const Icon = state === 'working' ? CircleCheck : state === 'failing' ? TriangleAlert : CircleDot
  const tone = state === 'working' ? 'text-ok' : state === 'failing' ? 'text-warn' : 'text-text-2'
  const words = state === 'failing' ? t.failing(failures) : t.states[state]
  return (
    <span className={`font-medium inline-flex max-w-full items-center gap-1.5 align-middle ${tone}`} title={words}>
      <Icon size={14} strokeWidth={1.7} aria-hidden className="flex-none" />
      <span className="cut">{words}</span>
    </span>
  )
}
