import type { GeneratedFile } from '../generated-file.ts'
import { sellers } from '../sellers.ts'
import { conversionsAllStatements, conversionsAllViews } from './conversions-all.ts'
import { retailStatements, retailViews } from './retail-purchases.ts'
import { shopperStatements } from './shoppers.ts'

/** Conversions with and without an ad, and all purchases of five years. */
export const shoppingFile: GeneratedFile = {
  statements: (plan) => [
    'CREATE SCHEMA store',
    sellers(),
    ...shopperStatements(plan),
    ...conversionsAllStatements,
    ...retailStatements,
  ],
  views: { ...conversionsAllViews, ...retailViews },
}
