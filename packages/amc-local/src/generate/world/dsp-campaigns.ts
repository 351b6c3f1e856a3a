import type { DspCampaign } from './dsp-campaign.ts'
import { makersDspCampaigns } from './dsp-campaigns-makers.ts'
import { otherDspCampaigns } from './dsp-campaigns-others.ts'

/** Invented campaigns whose words (STV, OTT, OLV, Display) are those by which people and instructional queries tell DSP products apart. */
export const dspCampaigns: readonly DspCampaign[] = [...makersDspCampaigns, ...otherDspCampaigns]
