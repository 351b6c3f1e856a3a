export const shell = {
  product: 'RecomAMP',
  skip: 'Skip to the content',
  navigation: 'Main',
  workbench: 'Workbench',
  executions: 'Executions',
  dataSources: 'Data sources',
  instances: 'Instances',
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
  close: 'Close',
  account: (name: string) => `Account of ${name}`,
  accountUnknown: 'Account',
  theme: 'Theme',
  themes: { light: 'Light', dark: 'Dark', system: 'As the system' },
  signOut: 'Sign out',
  offline:
    'The server does not answer. What you type is kept in this browser, and the connection is tried again by itself.',
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
      group: 'Editor',
      keys: [
        ['Ctrl Enter', 'Run'],
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
        ['G then W, E, D, I', 'To the workbench, executions, data sources, instances'],
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
