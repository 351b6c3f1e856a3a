export type Channel = 'stv' | 'olv' | 'display' | 'mobile' | 'audio'

export interface DspCampaign {
  key: number
  advertiser: number
  name: string
  goal: string
  /** Days before the end day; 0 as the end means that the campaign runs on. */
  startsBefore: number
  endsBefore: number
  /** Where it is not simply running or ended. */
  status?: 'PAUSED' | 'ADS_NOT_RUNNING'
  lineStatus?: 'PAUSED_BY_USER' | 'SUSPENDED'
  /** Keys of products; none where the advertiser sells nothing on Amazon. */
  promoted: readonly number[]
  lines: readonly DspLine[]
}

export interface DspLine {
  name: string
  type: string
  channel: Channel
  /** Share of all DSP impressions on a day on which every line runs. */
  weight: number
  /** Part of the market's people that the line reaches, as a range of 0..1 that may wrap around. */
  audienceFrom: number
  audienceSpan: number
  /** Dollars for a thousand impressions. */
  cpm: number
  clickRate: number
  /** Share of impressions that lead to a visit of a product page. */
  visitRate: number
  deal?: string
  /** Segments by which the line chooses its people; none for a line that targets content. */
  targets?: readonly number[]
  creatives: readonly DspCreative[]
}

interface DspCreative {
  name: string
  size: string
  seconds: number | null
  landsOnAmazon: boolean
}
