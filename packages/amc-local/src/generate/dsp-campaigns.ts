export type Channel = 'stv' | 'olv' | 'display' | 'mobile' | 'audio'

export interface DspCampaign {
  key: number
  advertiser: number
  name: string
  goal: string
  /** Days before the end day; 0 as the end means that the campaign runs on. */
  startsBefore: number
  endsBefore: number
  promoted: readonly number[]
  lines: readonly DspLine[]
}

interface DspLine {
  name: string
  type: string
  channel: Channel
  /** Share of all DSP impressions on a day on which every line runs. */
  weight: number
  /** Part of the population that the line reaches, as a range of 0..1 that may wrap around. */
  audienceFrom: number
  audienceSpan: number
  /** Dollars for a thousand impressions. */
  cpm: number
  clickRate: number
  /** Share of impressions that lead to a visit of a product page. */
  visitRate: number
  deal?: string
  creatives: readonly DspCreative[]
}

interface DspCreative {
  name: string
  size: string
  seconds: number | null
  landsOnAmazon: boolean
}

/** Invented campaigns whose words (STV, OLV, Display) are those by which people and instructional queries tell DSP products apart. */
export const dspCampaigns: readonly DspCampaign[] = [
  {
    key: 1,
    advertiser: 1,
    name: 'Fernhill | STV | Prospecting | Always On',
    goal: 'REACH',
    startsBefore: 400,
    endsBefore: 0,
    promoted: [1, 3],
    lines: [
      {
        name: 'Fernhill STV - Prime Video - Home Cooks',
        type: 'AAP_VIDEO_CPM',
        channel: 'stv',
        weight: 20,
        audienceFrom: 0,
        audienceSpan: 0.55,
        cpm: 24,
        clickRate: 0,
        visitRate: 0.06,
        deal: 'Fernhill Prime Video upfront',
        creatives: [
          { name: 'Fernhill Sunday Roast 30s', size: '1920x1080', seconds: 30, landsOnAmazon: true },
          { name: 'Fernhill Sunday Roast 15s', size: '1920x1080', seconds: 15, landsOnAmazon: true },
        ],
      },
    ],
  },
  {
    key: 2,
    advertiser: 1,
    name: 'Fernhill | OLV | In-Market Cookware',
    goal: 'COMPLETION_RATE',
    startsBefore: 75,
    endsBefore: 0,
    promoted: [1, 2],
    lines: [
      {
        name: 'Fernhill OLV - In-Market',
        type: 'AAP_VIDEO_CPM',
        channel: 'olv',
        weight: 14,
        audienceFrom: 0.25,
        audienceSpan: 0.4,
        cpm: 14,
        clickRate: 0.0022,
        visitRate: 0.085,
        creatives: [{ name: 'Fernhill Skillet Demo 15s', size: '640x360', seconds: 15, landsOnAmazon: true }],
      },
    ],
  },
  {
    key: 3,
    advertiser: 1,
    name: 'Fernhill | Display | Remarketing',
    goal: 'ROAS',
    startsBefore: 400,
    endsBefore: 0,
    promoted: [1, 2, 3, 4],
    lines: [
      {
        name: 'Fernhill Display - Remarketing - Web',
        type: 'AAP',
        channel: 'display',
        weight: 13,
        audienceFrom: 0.1,
        audienceSpan: 0.3,
        cpm: 6.5,
        clickRate: 0.0035,
        visitRate: 0.14,
        creatives: [
          { name: 'Fernhill REC 300x250', size: '300x250', seconds: null, landsOnAmazon: true },
          { name: 'Fernhill REC 728x90', size: '728x90', seconds: null, landsOnAmazon: true },
        ],
      },
      {
        name: 'Fernhill Display - Remarketing - Mobile',
        type: 'AAP_MOBILE',
        channel: 'mobile',
        weight: 9,
        audienceFrom: 0.1,
        audienceSpan: 0.3,
        cpm: 5,
        clickRate: 0.004,
        visitRate: 0.12,
        creatives: [{ name: 'Fernhill REC 320x50', size: '320x50', seconds: null, landsOnAmazon: true }],
      },
    ],
  },
  {
    key: 4,
    advertiser: 1,
    name: 'Fernhill | Display | Spring Update',
    goal: 'DPVR',
    startsBefore: 80,
    endsBefore: 38,
    promoted: [5, 6],
    lines: [
      {
        name: 'Fernhill Display - Spring - Web',
        type: 'CLASS_I_WEB',
        channel: 'display',
        weight: 12,
        audienceFrom: 0.4,
        audienceSpan: 0.5,
        cpm: 5.5,
        clickRate: 0.0018,
        visitRate: 0.07,
        creatives: [{ name: 'Fernhill Spring 300x600', size: '300x600', seconds: null, landsOnAmazon: true }],
      },
    ],
  },
  {
    key: 5,
    advertiser: 2,
    name: 'Kestrel Ridge | STV | Brand Launch',
    goal: 'REACH',
    startsBefore: 60,
    endsBefore: 0,
    promoted: [7, 8],
    lines: [
      {
        name: 'Kestrel STV - Twitch and Fire TV',
        type: 'AAP_VIDEO_CPM',
        channel: 'stv',
        weight: 18,
        audienceFrom: 0.35,
        audienceSpan: 0.6,
        cpm: 21,
        clickRate: 0,
        visitRate: 0.06,
        creatives: [{ name: 'Kestrel First Light 30s', size: '1920x1080', seconds: 30, landsOnAmazon: false }],
      },
    ],
  },
  {
    key: 6,
    advertiser: 2,
    name: 'Kestrel Ridge | Display | Prospecting',
    goal: 'PAGE_VISIT',
    startsBefore: 400,
    endsBefore: 0,
    promoted: [7, 9, 10],
    lines: [
      {
        name: 'Kestrel Display - Prospecting - Web',
        type: 'AAP_DISPLAY',
        channel: 'display',
        weight: 14,
        audienceFrom: 0.5,
        audienceSpan: 0.6,
        cpm: 4.8,
        clickRate: 0.0016,
        visitRate: 0.07,
        creatives: [{ name: 'Kestrel Trail 300x250', size: '300x250', seconds: null, landsOnAmazon: true }],
      },
      {
        name: 'Kestrel Display - Prospecting - App',
        type: 'CLASS_I_MOBILE_APP',
        channel: 'mobile',
        weight: 8,
        audienceFrom: 0.5,
        audienceSpan: 0.6,
        cpm: 4.2,
        clickRate: 0.003,
        visitRate: 0.07,
        creatives: [{ name: 'Kestrel Trail 320x50', size: '320x50', seconds: null, landsOnAmazon: false }],
      },
    ],
  },
  {
    key: 7,
    advertiser: 2,
    name: 'Kestrel Ridge | Audio | Weekend Listeners',
    goal: 'REACH',
    startsBefore: 50,
    endsBefore: 10,
    promoted: [10, 12],
    lines: [
      {
        name: 'Kestrel Audio - Alexa',
        type: 'AAP_AUDIO_CPM',
        channel: 'audio',
        weight: 4,
        audienceFrom: 0.6,
        audienceSpan: 0.2,
        cpm: 12,
        clickRate: 0,
        visitRate: 0.02,
        creatives: [{ name: 'Kestrel Campfire 30s', size: 'Responsive', seconds: null, landsOnAmazon: true }],
      },
    ],
  },
  {
    // Far below every threshold on purpose: its rows show what Amazon leaves out.
    key: 8,
    advertiser: 2,
    name: 'Kestrel Ridge | Display | Pilot Store Visitors',
    goal: 'OTHER',
    startsBefore: 45,
    endsBefore: 0,
    promoted: [12],
    lines: [
      {
        name: 'Kestrel Display - Pilot',
        type: 'AAP',
        channel: 'display',
        weight: 0.02,
        audienceFrom: 0.9,
        audienceSpan: 0.001,
        cpm: 9,
        clickRate: 0.01,
        visitRate: 0.07,
        creatives: [{ name: 'Kestrel Pilot 160x600', size: '160x600', seconds: null, landsOnAmazon: false }],
      },
    ],
  },
]
