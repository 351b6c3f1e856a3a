import { loadSchema } from '@recomamp/amc-catalogue'
import type { Schema } from '../src/index.ts'

/** The tables of AMC as the product knows them. */
export const catalogue: Schema = loadSchema()
