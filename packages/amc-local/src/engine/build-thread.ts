import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import { buildData } from '../generate/build-data.ts'
import type { BuildThreadData } from './data-file.ts'

const { file, temporary, plan }: BuildThreadData = workerData

await buildData(temporary, plan)
const handle = openSync(temporary, 'r+')
fsyncSync(handle)
closeSync(handle)
renameSync(temporary, file)
