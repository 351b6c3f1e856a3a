import { commandOf } from '../command-line/dispatch.ts'

export const keys = commandOf({
  words: 'recomamp keys',
  help: `recomamp keys: the keys that stored secrets are encrypted with

  recomamp keys rotate    put every stored secret under the first key

recomamp keys <command> --help says more.
`,
  commands: {
    rotate: async () => (await import('./rotate.command.ts')).rotate,
  },
})
