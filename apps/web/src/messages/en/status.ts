export const status = {
  queued: 'Queued here',
  submitting: 'Submitting',
  pending: 'Pending',
  running: 'Running',
  runningUnknown: (word: string) => `Running (AMC says ${word})`,
  publishing: 'Publishing',
  fetching: 'Fetching',
  succeeded: 'Succeeded',
  failed: 'Failed',
  rejected: 'Rejected',
  cancelling: 'Cancelling',
  cancelled: 'Cancelled',
}
