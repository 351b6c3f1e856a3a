import { counted, figure } from '#platform/words.ts'

const years = (days: number) => (days % 365 === 0 ? counted(days / 365, 'year') : counted(days, 'day'))

export const keeping = {
  lead: 'How long results and logs stay on this server. What has been removed does not come back.',
  onlyOwners: 'Owners of the workspace decide this.',
  forEver: 'For ever',
  days: (days: number | null) => (days === null ? keeping.forEver : years(days)),
  fields: {
    resultDays: {
      title: 'Rows of results',
      label: 'Keep the rows of results',
      help: 'Counted from the end of a run. Its query, values, window and figures stay; the rows, and the files made of them, go.',
    },
    auditDays: {
      title: 'Audit log',
      label: 'Keep the audit log',
      help: 'Who did what. Entries younger than 90 days always stay.',
    },
    deliveryDays: {
      title: 'Log of webhooks',
      label: 'Keep the log of webhooks',
      help: 'What was sent, and what came back. Messages that are still being tried stay.',
    },
  },
  save: 'Save',
  cancel: 'Cancel',
  saved: 'Saved',
  reading: 'Looking what would be removed',
  removesNothing: 'Nothing is that old: saving removes nothing now.',
  removes: (words: string) => `Saving removes now: ${words}.`,
  removesFrom: (day: string) => ` The oldest is of ${day}.`,
  results: (count: number, size: string) => `the rows of ${counted(count, 'result')} (${size})`,
  auditEntries: (count: number) => counted(count, 'entry', 'entries'),
  deliveries: (count: number) => counted(count, 'message'),
  later: 'From then on it is removed as it comes of age.',
  removesNoMore: 'Nothing is removed any more.',
  past: {
    title: 'The rows of this result are not kept any more',
    body: (rows: string, day: string) =>
      `This workspace keeps results for a time; ${rows} were removed on ${day}. What ran, its values and its figures are still here.`,
    again: 'Run again for the rows',
  },
  deletion: {
    title: 'Delete this workspace',
    reading: 'Looking what would be deleted',
    lead: 'Everything in it goes for good, for everybody, from this server and its storage. Nothing brings it back.',
    open: 'Delete workspace…',
    goes: 'What goes',
    goesList: (parts: string) => `${parts}, with drafts, templates, charts, webhooks, access tokens and the audit log`,
    members: (count: number) =>
      count === 1 ? 'Your membership' : `The memberships of ${figure(count)} people, at once`,
    queries: (count: number) => counted(count, 'query', 'queries'),
    executions: (count: number, size: string) => `${counted(count, 'execution')} (${size} of results)`,
    connections: (count: number) => `the Amazon tokens of ${counted(count, 'connection')}`,
    stays: 'What stays',
    running: (count: number) =>
      `${counted(count, 'run')} under way ${count === 1 ? 'goes' : 'go'} on at Amazon; nobody fetches the rows.`,
    copies: (count: number) =>
      `${counted(count, 'copy', 'copies')} of queries at AMC. Remove ${count === 1 ? 'it first if it' : 'them first if they'} should go.`,
    consent: 'The consent at Amazon, which you withdraw there; and backups that were made of this server.',
    otherOwners: (names: string) =>
      `Only the last owner can delete it. ${names} own${names.includes(' and ') ? '' : 's'} it too: change that under Members first.`,
    toMembers: 'To the members',
    question: (name: string) => `Delete ${name}?`,
    type: 'Type the name of the workspace',
    typeHelp: (name: string) => `It is “${name}”.`,
    afterOther: 'You go on in another workspace of yours.',
    afterNone: 'You are signed out. Signing in again begins a new, empty workspace.',
    confirm: 'Delete for good',
    keep: 'Keep it',
  },
}
