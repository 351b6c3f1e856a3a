import type { SponsoredCampaign } from './sponsored-campaign.ts'
import { makersSponsoredCampaigns } from './sponsored-campaigns-makers.ts'
import { otherSponsoredCampaigns } from './sponsored-campaigns-others.ts'

/** Invented campaigns of all sponsored products, told apart by SP, SB, SD, TV and Live in their names. */
export const sponsoredCampaigns: readonly SponsoredCampaign[] = [
  ...makersSponsoredCampaigns,
  ...otherSponsoredCampaigns,
]
