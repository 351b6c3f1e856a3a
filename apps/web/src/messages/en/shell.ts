export const shell = {
  product: 'RecomAMP',
  skip: 'Skip to the content',
  navigation: 'Main',
  home: 'Home',
  workbench: 'Workbench',
  queries: 'My queries',
  executions: 'Executions',
  dataSources: 'Data sources',
  templates: 'Templates',
  instances: 'Instances',
  status: 'Status',
  settings: 'Settings',
  live: (count: number) => `${count} live`,
  menu: 'Menu',
  instance: 'Instance',
  chooseInstance: 'Choose the instance',
  noInstance: 'No instance yet',
  readingInstances: 'Reading your instances',
  allInstances: 'All instances',
  sandboxTag: 'Local sandbox, synthetic data',
  amazonTag: 'Amazon',
  nothingRunning: 'Nothing running',
  running: (count: number) => `${count} running`,
  help: 'Help and shortcuts',
  helpTitle: 'Shortcuts',
  singleKeys: 'Single keys act outside text fields',
  /** Why a role does not reach for something. */
  needed: { owner: 'Only an owner of the workspace may do this.', analyst: 'A viewer may not do this; ask an owner.' },
  close: 'Close',
  undo: 'Undo',
  account: (name: string) => `Account of ${name}`,
  accountUnknown: 'Account',
  theme: 'Theme',
  themes: { light: 'Light', dark: 'Dark', system: 'As the system' },
  signOut: 'Sign out',
  offline:
    'The server does not answer. What you type is kept in this browser, and the connection is tried again by itself.',
  signedOutHere: {
    body: 'You are signed out in this browser. The server could not be reached: it is told when this page is opened next.',
    again: 'Try again',
  },
  ended: {
    title: 'Your session has ended',
    body: 'Sign in again to go on. This page stays as it is, and what you typed is kept.',
    sandbox: 'Sign in to the local sandbox',
    amazon: 'Sign in with Amazon',
  },
  reconnect: {
    revoked: (provider: string) =>
      `The connection to ${provider} needs you: Amazon no longer accepts its tokens. Queries and results stay.`,
    unreadable: (provider: string) =>
      `The tokens of the connection to ${provider} cannot be read with this server’s keys. Sign in again, or have the right FERNET_KEY put back.`,
  },
  consentEnds: (provider: string, day: string) =>
    `Amazon ends the consent of the connection to ${provider} on ${day}. Signing in again renews it for a year.`,
  reconnectButton: 'Sign in again',
  providers: { sandbox: 'the local sandbox', amazon: 'Amazon' },
  shortcuts: [
    {
      group: 'Everywhere',
      keys: [['Ctrl K', 'Find a field, query or page']],
    },
    {
      group: 'Workbench',
      keys: [
        ['Ctrl Enter', 'Run the query, or the selection that is one'],
        ['Ctrl Shift Enter', 'Check only'],
        ['Alt Enter', 'Try on synthetic data'],
        ['Alt Shift Enter', 'Try the WITH part at the cursor'],
        ['Alt P', 'Preview privacy'],
        ['Ctrl Alt R', 'See the request'],
        ['Ctrl Alt left, right', 'The query before, after'],
        ['F6, Shift F6', 'To the next, previous pane'],
        ['Ctrl B', 'Tables away and back'],
        ['Ctrl Alt B', 'Values away and back'],
        ['Ctrl J', 'Result away and back'],
      ],
    },
    {
      group: 'Editor',
      keys: [
        ['Ctrl S', 'Save a version'],
        ['Ctrl Space', 'Suggest'],
        ['F1', 'What the name at the cursor means'],
        ['Ctrl .', 'Mend the problem at the cursor'],
        ['Ctrl Shift F', 'Format'],
        ['Ctrl Shift Space', 'The arguments of the call'],
        ['F2', 'Rename a part, alias or parameter'],
        ['F12, Ctrl click', 'Where the name is defined'],
        ['Ctrl F', 'Find in the query'],
        ['Ctrl /', 'Comment'],
        ['F8, Shift F8', 'Next, previous problem'],
        ['Ctrl M, or Esc then Tab', 'Leave the editor'],
      ],
    },
    {
      group: 'Everywhere outside text fields',
      keys: [
        ['/', 'Into the search of the page'],
        [
          'G then H, W, Q, E, D, T, I, S',
          'Home, workbench, queries, executions, data sources, templates, instances, settings',
        ],
      ],
    },
    {
      group: 'My queries',
      keys: [
        ['Enter', 'Open'],
        ['Space, Ctrl A', 'Select, select all'],
        ['Delete', 'Move to the trash'],
      ],
    },
    {
      group: 'Data sources',
      keys: [
        ['Enter', 'Open'],
        ['P', 'Preview'],
        ['Space, Ctrl A', 'Select, select all'],
        ['C', 'Compare the selection'],
      ],
    },
    {
      group: 'Tables',
      keys: [
        ['Arrows', 'Move, open and close'],
        ['Enter', 'Put the name into the query'],
      ],
    },
    {
      group: 'Result',
      keys: [
        ['Arrows, Page Up, Page Down', 'Move'],
        ['Home, End', 'First, last column'],
        ['Ctrl and an arrow', 'To the edge'],
        ['Ctrl C', 'Copy the cell'],
      ],
    },
    {
      group: 'Panes',
      keys: [
        ['Arrows on a divider', 'Resize'],
        ['Home, End', 'Smallest, largest'],
        ['?', 'This list'],
      ],
    },
  ],
} as const
