/** The categories of the analyses that ship, in the order in which a library shows them. */
export const templateCategories = [
  'Orientation',
  'Campaign overlap and media mix',
  'Path to conversion',
  'Reach and frequency',
  'New to brand',
  'Time to conversion',
  'Audience insights',
  'Search, keywords and ASINs',
  'Store',
  'Custom attribution',
  'Incrementality and geography',
  'Streaming TV and video',
  'Time of day and week',
  'Grocery and physical stores',
  'Audiences for activation',
] as const
