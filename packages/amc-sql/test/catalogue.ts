import { loadSchema } from '@recomamp/amc-catalogue/schema'
import type { Schema } from '../src/index.ts'

/** The tables of AMC as the product knows them. */
export const catalogue: Schema = loadSchema()
