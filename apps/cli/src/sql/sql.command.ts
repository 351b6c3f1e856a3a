import { commandOf } from '../command-line/dispatch.ts'

export const sql = commandOf({
  words: 'recomamp sql',
  help: `recomamp sql <command>

  check      find what AMC would refuse, and what would come out wrong
  run        run a query on local synthetic data
  format     lay queries out
  test       run the tests that stand beside queries
  explain    columns, privacy classes, lineage and the SQL that runs locally

recomamp sql <command> --help says more.
`,
  commands: {
    check: async () => (await import('./check.command.ts')).check,
    format: async () => (await import('./format.command.ts')).format,
    explain: async () => (await import('./explain.command.ts')).explain,
    run: async () => (await import('./run.command.ts')).run,
    test: async () => (await import('./test.command.ts')).test,
  },
})
