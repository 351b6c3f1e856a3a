import type { WebhookMessageType } from '@recomamp/contracts'
import { z } from 'zod'

/** Of a body, what a person is told. */
const Told = z.object({
  type: z.string(),
  data: z.looseObject({
    message: z.string().optional(),
    status: z.string().optional(),
    workflowName: z.string().optional(),
    instanceName: z.string().optional(),
    rowCount: z.number().nullish(),
    failure: z.object({ message: z.string(), amcMessage: z.string().nullable() }).nullish(),
    consentOf: z.string().nullish(),
    tablesAdded: z.array(z.string()).optional(),
    tablesRemoved: z.array(z.string()).optional(),
    tablesChanged: z.array(z.object({ name: z.string() })).optional(),
    url: z.string().nullish(),
  }),
})
type Told = z.infer<typeof Told>['data']

/** A message as a subject and a few lines of plain text, for letters and chats. */
export function textOfMessage(type: WebhookMessageType, payload: string): { subject: string; text: string } {
  const { data } = Told.parse(JSON.parse(payload))
  const [subject, ...lines] = words[type](data)
  const all = [...lines, data.url ?? ''].filter((line) => line !== '').map(oneLine)
  return { subject: oneLine(subject ?? type), text: [oneLine(subject ?? type), ...all].join('\n') }
}

const words: Readonly<Record<WebhookMessageType, (data: Told) => string[]>> = {
  'execution.completed': (data) => [
    `${runOf(data)} is completed`,
    data.rowCount == null ? '' : `${data.rowCount.toLocaleString('en')} rows`,
  ],
  'execution.failed': (data) => [
    `${runOf(data)} failed`,
    data.failure?.message ?? '',
    data.failure?.amcMessage == null ? '' : `AMC says: ${data.failure.amcMessage}`,
  ],
  'execution.status_changed': (data) => [`${runOf(data)} is ${data.status ?? 'unknown'}`],
  'connection.reconnect_needed': (data) => [
    `The connection of ${data.consentOf ?? 'somebody'} to Amazon needs a new sign-in`,
    'Until then its instances cannot be asked.',
  ],
  'schema.changed': (data) => [
    `The tables of ${data.instanceName ?? 'an instance'} have changed`,
    listOf('New', data.tablesAdded),
    listOf('Gone', data.tablesRemoved),
    listOf(
      'Changed',
      data.tablesChanged?.map(({ name }) => name),
    ),
  ],
  'webhook.test': (data) => ['Test message', data.message ?? ''],
}

function runOf({ workflowName, instanceName }: Told): string {
  return `“${workflowName ?? 'A query'}” on ${instanceName ?? 'an instance'}`
}

function listOf(label: string, names: readonly string[] = []): string {
  return names.length === 0 ? '' : `${label}: ${names.join(', ')}`
}

/** Names are people's own words: a line break in one must not begin a header or another line. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
