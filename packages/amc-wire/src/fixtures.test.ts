import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  AmcAccountPage,
  AmcDataSourceAnswer,
  AmcDataSourcePage,
  AmcDownloadUrls,
  AmcExecutionAnswer,
  AmcExecutionPage,
  AmcInstanceAnswer,
  AmcInstancePage,
  AmcWorkflowAnswer,
  AmcWorkflowPage,
  CustomerProfile,
  dataTypeName,
  readErrorBody,
  TokenAnswer,
  TokenRefusal,
} from './index.ts'

const folder = new URL('../fixtures/', import.meta.url)

interface Fixture {
  source: string
  call: string
  status: number
  contentType: string
  body: unknown
}

function fixture(name: string): Fixture {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'))
}

describe('every fixture', () => {
  const names = readdirSync(folder).map((file) => file.replace('.json', ''))
  test.each(names)('%s names its public source', (name) => {
    expect(fixture(name).source.length).toBeGreaterThan(30)
    expect(fixture(name).call).toMatch(/^(GET|POST|PUT|DELETE) \//)
  })
})

describe('readers', () => {
  test('accounts without a page token are the last page', () => {
    expect(AmcAccountPage.parse(fixture('accounts').body)).toEqual({
      items: [{ accountId: 'ENTITY1AA1AA11AAA1', accountName: 'Example Account', marketplaceId: 'ATVPDKIKX0DER' }],
      nextToken: null,
    })
  })

  test.each([null, '', undefined])('a page token of %j means the last page', (nextToken) => {
    expect(AmcInstancePage.parse({ instances: [], nextToken }).nextToken).toBeNull()
  })

  test('instances: a new one has no customer and no date yet', () => {
    const { items } = AmcInstancePage.parse(fixture('instances').body)
    expect(items.map((one) => [one.instanceId, one.instanceType, one.customerCanonicalName])).toEqual([
      ['amcabcdefgh', 'STANDARD', 'Example Advertiser'],
      ['amc1b2c3d4e', 'SANDBOX', null],
    ])
    expect(items[1]?.creationDatetime).toBeNull()
  })

  test('one instance is read wrapped and bare', () => {
    const wrapped = AmcInstanceAnswer.parse(fixture('instance').body)
    const { instance } = fixture('instance').body as { instance: unknown }
    expect(wrapped.instanceId).toBe('amcabcdefgh')
    expect(AmcInstanceAnswer.parse(instance)).toEqual(wrapped)
  })

  test('one workflow is read bare as recorded and wrapped as published', () => {
    const bare = AmcWorkflowAnswer.parse(fixture('workflow').body)
    expect(bare.inputParameters[0]?.defaultValue).toEqual(['1', '2'])
    expect(dataTypeName(bare.inputParameters[0]?.dataType ?? '')).toBe('ARRAY<STRING>')
    expect(AmcWorkflowAnswer.parse(fixture('workflow-wrapped').body)).toEqual(bare)
  })

  test('a ready-made workflow without SQL does not break the list', () => {
    const { items } = AmcWorkflowPage.parse(fixture('workflows').body)
    expect(items.map((one) => one.sqlQuery === null)).toEqual([false, true])
  })

  test('a fresh execution lacks what only compilation knows', () => {
    const execution = AmcExecutionAnswer.parse(fixture('execution-created').body)
    expect(execution).toMatchObject({
      status: 'PENDING',
      statusReason: null,
      executionTime: null,
      outputColumns: [],
      timeWindowTimeZoneOriginal: 'America/New_York',
    })
  })

  test('F-48: a finished execution is read bare and wrapped, its output location as Amazon says it', () => {
    const execution = AmcExecutionAnswer.parse(fixture('execution-succeeded').body)
    expect(execution).toMatchObject({ status: 'SUCCEEDED', executionTime: 55, outputS3URI: 'N/A' })
    expect(execution.outputColumns.map((column) => column.columnType)).toEqual(['DIMENSION', 'DIMENSION', 'METRIC'])
    expect(AmcExecutionAnswer.parse(fixture('execution-wrapped').body)).toEqual(execution)
  })

  test('the list of executions keeps the reason of a rejection', () => {
    const { items } = AmcExecutionPage.parse(fixture('executions').body)
    expect(items.map((one) => [one.status, one.statusReason])).toEqual([
      ['SUCCEEDED', null],
      ['REJECTED', 'Unsupported scalar operation type ||'],
    ])
  })

  test('download links are plain texts', () => {
    const links = AmcDownloadUrls.parse(fixture('download-urls').body)
    expect(links.downloadUrls).toHaveLength(1)
    expect(() => AmcDownloadUrls.parse({ downloadUrls: [{ url: 'https://example.com' }] })).toThrow(/string/)
  })

  test('data sources are read with and without a data type per column, bare and wrapped', () => {
    const [source] = AmcDataSourcePage.parse(fixture('data-sources').body).items
    expect(source?.columns.map((column) => column.dataType)).toEqual(['STRING', null])
    expect(source?.tags).toMatchObject([{ type: 'NEW', title: 'Example' }])
    const bare = (fixture('data-sources').body as { dataSources: unknown[] }).dataSources[0]
    expect(AmcDataSourceAnswer.parse(bare)).toEqual(source)
    expect(AmcDataSourceAnswer.parse({ dataSource: bare })).toEqual(source)
    expect(AmcDataSourceAnswer.parse({ dataSourceId: 'a', tags: 'none' })).toMatchObject({ tags: [], columns: [] })
  })

  test('tokens, a refusal and the profile', () => {
    expect(TokenAnswer.parse(fixture('token').body).expires_in).toBe(3600)
    expect(TokenRefusal.parse(fixture('token-refused').body).error).toBe('invalid_grant')
    expect(CustomerProfile.parse(fixture('profile').body).user_id).toBe('amzn1.account.EXAMPLE')
  })

  test.each([
    ['error-compile', /^Was unable to compile workflow wf_demo/],
    ['error-forbidden', /^Unauthorized request\.$/],
    ['error-gateway', /^Endpoint request timed out$/],
    ['error-accounts', /^Forbidden$/],
    ['token-refused', /^The request has an invalid grant parameter : code$/],
  ])('the sentence of %s is found', (name, sentence) => {
    expect(readErrorBody(JSON.stringify(fixture(name).body)).message).toMatch(sentence)
  })
})
