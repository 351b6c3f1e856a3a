import { commandOf } from '../command-line/dispatch.ts'

export const catalogue = commandOf({
  words: 'recomamp catalogue',
  help: `recomamp catalogue: what is known of AMC's tables

  recomamp catalogue import    check a catalogue, and make the server go by it

recomamp catalogue <command> --help says more.
`,
  commands: {
    import: async () => (await import('./import.command.ts')).importCommand,
  },
})
