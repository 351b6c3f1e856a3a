export const instance = {
  list: 'Instances',
  path: 'Where this page is',
  parts: 'Parts of the instance',
  refresh: 'Read the tables again',
  refreshing: 'Reading the tables',
  newQuery: 'New query here',
  state: {
    never: 'Tables not read yet',
    waiting: 'Asking AMC for the tables',
    read: (when: string) => `In step with AMC, ${when}`,
    failed: 'The tables could not be read',
  },
  gone: 'Amazon no longer lists it',
  tabs: { overview: 'Overview', tables: 'Tables', queries: 'Queries', executions: 'Executions', settings: 'Settings' },
  amcId: {
    title: 'AMC instance id',
    note: 'Amazon’s name. It goes into every call to AMC and into Amazon’s console.',
    copy: 'Copy the AMC instance id',
  },
  ownId: {
    title: 'Id in RecomAMP',
    note: 'Ours. It is in the address of this page and in our API; AMC does not know it.',
    copy: 'Copy the id in RecomAMP',
  },
  change: {
    title: (when: string) => `Tables changed at AMC, seen ${when}`,
    added: (names: string) => `New: ${names}.`,
    removed: (names: string) => `Gone: ${names}.`,
    changed: (names: string) => `Other columns: ${names}.`,
    touches: (count: number) =>
      count === 1 ? 'One saved query names what changed:' : `${count} saved queries name what changed:`,
    breaks: 'names something that is gone',
    all: 'All changes of this instance',
  },
  who: {
    title: 'Who and where',
    entity: 'Entity',
    account: 'Account',
    marketplace: 'Marketplace',
    region: 'Region',
    advertiser: 'Advertiser',
    brands: 'Brands',
    amcName: 'Name at Amazon',
    connection: 'Connection',
    notes: 'Notes',
  },
  data: {
    title: 'How far the data goes',
    strip: (window: string, settled: string) => `Default window ${window}; settled up to and including ${settled}`,
    today: 'today',
    window: 'Default window',
    windowIs: (days: number) => (days === 1 ? 'last settled day' : `last ${days} settled days`),
    settled: 'Counted as settled',
    settledIs: (days: number) => `after ${days} days`,
    zone: 'Time zone',
    change: 'Change',
  },
  slots: {
    title: 'Slots',
    running: 'Running now',
    runningIs: (running: number, slots: number) => `${running} of ${slots}`,
    waiting: 'Waiting here',
    none: 'none',
    week: 'Last 7 days',
    weekIs: (runs: number, completed: number) => `${runs} ${runs === 1 ? 'run' : 'runs'}, ${completed} succeeded`,
  },
  results: {
    title: 'Results',
    kept: 'Kept',
    note: 'on this server, downloaded from Amazon as soon as a run has ended',
  },
  tables: {
    title: 'Tables AMC offers here',
    count: (live: number, lacking: number) => `${live} here, ${lacking} documented and not here`,
    find: 'Find',
    findHint: 'a table',
    columns: { table: 'Table', fields: 'Columns', against: 'Against the catalogue' },
    more: (count: number) => `All ${count} tables`,
    same: 'same',
    lacking: 'not on this instance',
    differs: (lacking: number, onlyHere: number, differing: number) =>
      [
        onlyHere > 0 && `${onlyHere} more`,
        lacking > 0 && `${lacking} missing`,
        differing > 0 && `${differing} of another type`,
      ]
        .filter(Boolean)
        .join(', '),
    uploaded: 'uploaded by you',
    undocumented: 'not in the catalogue',
    none: 'No table has such a name.',
    reading: 'AMC is being asked which tables this instance has. They appear here by themselves.',
    notRead: 'Nobody has asked AMC for the tables of this instance yet.',
  },
  queries: {
    title: 'Queries of this instance',
    columns: { name: 'Name', lastRun: 'Last run', rows: 'Rows', edited: 'Edited', owner: 'By' },
    never: 'not run yet',
    empty: 'No query belongs to this instance yet.',
  },
  executions: {
    title: 'Executions on this instance',
    columns: { state: 'State', query: 'Query', window: 'Window', started: 'Started', outcome: 'Outcome' },
    empty: 'Nothing has run on this instance yet.',
    failedShort: 'failed',
  },
  rows: (count: string) => `${count} rows`,
  more: (shown: number, total: number) => `first ${shown} of ${total}`,
  showMore: 'Show more',
  settings: {
    title: 'Settings of the instance',
    lead: 'Nothing of this goes to Amazon. Each field is kept as soon as you leave it.',
    name: 'Name',
    nameHelp: (amcName: string) => `Amazon calls it ${amcName}. Empty takes that name again.`,
    brands: 'Brands',
    addBrand: 'Add a brand',
    notes: 'Notes',
    notesHelp: 'For everybody in the workspace.',
    settledAfter: 'Counted as settled after, in days',
    settledHelp: 'Amazon credits purchases to an ad for 14 days. 2 to 90; the strip, presets and warnings follow.',
    windowDays: 'Default window, in days',
    windowHelp: 'So many settled days, 1 to 365, for runs that name no window.',
    zone: 'Time zone of the default window',
    wholeNumber: (from: number, to: number) => `A whole number from ${from} to ${to}.`,
    saved: 'Saved',
    saving: 'Saving',
  },
  remove: {
    title: 'Remove this instance',
    lead: 'It leaves this workspace only; nothing changes at Amazon.',
    open: 'Remove the instance',
    question: (name: string) => `Remove ${name}?`,
    reading: 'Counting what goes with it',
    goes: 'What goes',
    stays: 'What stays',
    snapshots: (count: number) =>
      count === 0
        ? 'its settings and notes'
        : `its settings and notes, and ${count === 1 ? 'one reading' : `${count} readings`} of its tables`,
    copies: (count: number) =>
      count === 1
        ? 'one copy stays at AMC, and RecomAMP no longer knows of it'
        : `${count} copies stay at AMC, and RecomAMP no longer knows of them`,
    queries: (count: number) =>
      count === 1 ? 'one query, then without an instance' : `${count} queries, then without an instance`,
    executions: (count: number) =>
      count === 1 ? 'one execution with its result' : `${count} executions with their results`,
    back: 'Reading Amazon’s list does not bring it back; adding its id does, under the same id here.',
    busy: (count: number) =>
      count === 1
        ? 'A run on it has not ended. Cancel it or wait, then remove the instance.'
        : `${count} runs on it have not ended. Cancel them or wait, then remove the instance.`,
    confirm: 'Remove',
    keep: 'Keep it',
    done: (name: string) => `${name} was removed.`,
    undo: 'Add it again',
  },
}
