import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { buildData } from '../generate/build-data.ts'
import type { BuildThreadData } from './data-file.ts'

const { file, temporary, plan, part }: BuildThreadData = workerData
const stopping = new AbortController()
parentPort?.once('message', () => stopping.abort(new Error('The build was given up')))
parentPort?.unref()

await buildData(temporary, plan, part, stopping.signal)
const handle = openSync(temporary, 'r+')
fsyncSync(handle)
closeSync(handle)
renameSync(temporary, file)
