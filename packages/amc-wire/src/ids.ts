import { z } from 'zod'

/** Amazon's name of an instance: `amc` and eight letters or digits in all recorded answers, opaque to us. */
export const AmcInstanceId = z.string().min(1).brand<'AmcInstanceId'>()
export type AmcInstanceId = z.infer<typeof AmcInstanceId>

/** Amazon's id of an execution, a UUID in all recorded answers, opaque to us. */
export const AmcExecutionId = z.string().min(1).brand<'AmcExecutionId'>()
export type AmcExecutionId = z.infer<typeof AmcExecutionId>

/** A workflow's id at AMC: chosen by the caller; letters, digits, `.`, `-`, `_`. */
export const AmcWorkflowId = z
  .string()
  .regex(/^[A-Za-z0-9._-]+$/)
  .brand<'AmcWorkflowId'>()
export type AmcWorkflowId = z.infer<typeof AmcWorkflowId>

/** The AMC account's id (`ENTITY…`), which goes into the header `Amazon-Advertising-API-AdvertiserId`. */
export const EntityId = z.string().min(1).brand<'EntityId'>()
export type EntityId = z.infer<typeof EntityId>

/** A marketplace such as `ATVPDKIKX0DER`, which goes into the header `Amazon-Advertising-API-MarketplaceId`. */
export const MarketplaceId = z.string().min(1).brand<'MarketplaceId'>()
export type MarketplaceId = z.infer<typeof MarketplaceId>

/** Who an AMC call is for. Built in one place from the instance's account, so that no call can mix accounts (F-03, F-04). */
export interface AmcTarget {
  readonly entityId: EntityId
  readonly marketplaceId: MarketplaceId
}

/** A wall-clock time without zone, `2026-11-02T00:00:00`; the zone travels in a field of its own. */
export const AmcDateTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/, 'must look like 2026-11-02T00:00:00, without Z or offset')
  .brand<'AmcDateTime'>()
export type AmcDateTime = z.infer<typeof AmcDateTime>
