import { bundledFiles, loadTemplates } from '@recomamp/amc-catalogue'
import * as api from '@recomamp/contracts'
import { type Github, type Person, type World, eventually, startGithub, startWorld } from '@recomamp/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRepository } from '#features/catalogue/repository/read-repository.ts'

/** A catalogue below a folder, with one table in other words and one analysis fewer. */
function ourFiles(description: string): Record<string, string> {
  const templates = loadTemplates()
  const named = new Set(templates.flatMap(({ related }) => related))
  const lone = templates.find(({ id }) => !named.has(id))
  const files = [...bundledFiles()].filter(([file]) => !file.startsWith(`templates/${lone?.id}.`))
  const texts = Object.fromEntries(files.map(([file, text]) => [`amc/catalogue/${file}`, text]))
  const clicks = 'amc/catalogue/data-sources/dsp_clicks.json'
  const text = texts[clicks]?.replace(/"description": "[^"]*"/, `"description": ${JSON.stringify(description)}`) ?? ''
  return { ...texts, [clicks]: text, 'README.md': 'Not ours', 'other/data-sources/x.json': 'Not ours either' }
}

let github: Github
let world: World
let ana: Person

beforeAll(async () => {
  github = await startGithub({
    owner: 'example',
    name: 'amc-knowledge',
    files: ourFiles('In the words of our team'),
    token: 'ghp_ours',
    license: { spdxId: 'CC-BY-4.0', name: 'Creative Commons Attribution 4.0 International' },
  })
  world = await startWorld({
    env: {
      CATALOGUE_REPOSITORY: 'example/amc-knowledge',
      CATALOGUE_REF: 'main',
      CATALOGUE_FOLDER: '/amc/catalogue/',
      GITHUB_API_URL: `${github.url}/`,
      GITHUB_TOKEN: 'ghp_ours',
    },
  })
  ana = await world.signIn('ana')
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await github[Symbol.asyncDispose]()
})

/** Asks for a check and answers how it ended. */
async function refresh() {
  await ana.call(api.refreshCatalogue, {})
  return checked()
}

async function checked() {
  return eventually(async () => {
    const state = await ana.call(api.getCatalogue, {})
    return state.repository?.checking === false && state
  })
}

async function descriptionOfClicks() {
  return (await ana.call(api.getDataSource, { params: { name: 'dsp_clicks' } })).description
}

test('S-068, S-069, S-070: at the start tables, examples and templates come from the repository, with provenance and licence', async () => {
  const state = await checked()
  expect(state.origin).toEqual({
    kind: 'repository',
    owner: 'example',
    name: 'amc-knowledge',
    ref: 'main',
    folder: 'amc/catalogue',
    commit: github.head,
    committedAt: '2026-11-20T10:00:00Z',
    url: `https://github.com/example/amc-knowledge/commit/${github.head}`,
    license: {
      spdxId: 'CC-BY-4.0',
      name: 'Creative Commons Attribution 4.0 International',
      url: `https://github.com/example/amc-knowledge/blob/${github.head}/LICENSE`,
    },
  })
  expect(state.repository).toMatchObject({ failure: null })
  expect(state.counts).toMatchObject({ sources: 42, templates: loadTemplates().length - 1 })
  expect(await descriptionOfClicks()).toBe('In the words of our team')
  expect((await ana.call(api.listQueryTemplates, {})).total).toBe(loadTemplates().length - 1)
})

test('S-070: what has not changed is answered by the ETag alone; what has is read on demand', async () => {
  github.asked.length = 0
  const same = await refresh()
  expect(github.asked).toEqual(['304 /repos/example/amc-knowledge/commits/main'])
  github.commit(ourFiles('In newer words'))
  const state = await refresh()
  expect(state.origin).toMatchObject({ commit: github.head })
  expect(state.importedAt > same.importedAt).toBe(true)
  expect(await descriptionOfClicks()).toBe('In newer words')
})

test('S-070: a broken file is named with its line and field and changes nothing; mended, it is taken over', async () => {
  const good = ourFiles('Once more')
  const file = 'amc/catalogue/data-sources/dsp_views.json'
  github.commit({ ...good, [file]: good[file]?.replace('"kind": "fact"', '"kind": "cube"') ?? '' })
  const broken = await refresh()
  expect(broken.repository?.failure).toEqual({
    message: `The commit ${github.head.slice(0, 7)} was not taken over: its files have faults.`,
    faults: [
      {
        file: 'data-sources/dsp_views.json',
        line: expect.any(Number),
        field: 'kind',
        message: expect.stringContaining('"fact"'),
      },
    ],
  })
  expect(await descriptionOfClicks()).toBe('In newer words')
  github.commit(good)
  expect((await refresh()).repository?.failure).toBeNull()
  expect(await descriptionOfClicks()).toBe('Once more')
})

test('S-070: a limit and a repository without a catalogue are said, and change nothing', async () => {
  github.setLimited(true)
  expect((await refresh()).repository?.failure?.message).toMatch(
    /^GitHub answers no more questions until 2026-.*GITHUB_TOKEN/,
  )
  github.setLimited(false)
  github.commit({ 'README.md': 'Nothing here' })
  expect((await refresh()).repository?.failure?.message).toBe(
    'The folder amc/catalogue of example/amc-knowledge holds no data-sources, examples or templates.',
  )
  expect(await descriptionOfClicks()).toBe('Once more')
})

test('S-068: a repository with analyses alone keeps the tables that ship', async () => {
  const [first] = loadTemplates()
  const files = [...bundledFiles()].filter(([file]) => file.startsWith(`templates/${first?.id}.`))
  github.commit(Object.fromEntries(files.map(([file, text]) => [`amc/catalogue/${file}`, text])))
  const { counts, repository } = await refresh()
  expect(repository?.failure).toBeNull()
  expect(counts).toMatchObject({ sources: 42, templates: 1 })
  expect(await descriptionOfClicks()).not.toBe('Once more')
})

test('S-070: a repository that GitHub does not show is said with what would help', async () => {
  const repository = { owner: 'example', name: 'amc-knowledge', ref: 'main', folder: '' }
  await expect(readRepository({ apiUrl: github.url, token: null }, repository, null)).rejects.toThrow(
    'GitHub knows no example/amc-knowledge with main; a private repository needs GITHUB_TOKEN.',
  )
  const gone = { ...repository, ref: 'gone' }
  await expect(readRepository({ apiUrl: github.url, token: 'ghp_ours' }, gone, null)).rejects.toThrow(
    'GitHub knows no example/amc-knowledge with gone that the token may read.',
  )
  await expect(readRepository({ apiUrl: 'http://127.0.0.1:9', token: null }, gone, null)).rejects.toThrow(
    'GitHub could not be reached; it is asked again by itself.',
  )
})
