/** What practitioners call things. */

export const PARTNER_TYPES = {
  TECHNOLOGY: 'Technology', SERVICE: 'Service', RESELLER: 'Reseller', REFERRAL: 'Referral',
} as const;

export const PARTNER_TYPE_MEANING: Record<PartnerType, string> = {
  TECHNOLOGY: 'build integrations',
  SERVICE: 'implement at accounts',
  RESELLER: 'distribute',
  REFERRAL: 'recommend',
};

export type PartnerType = keyof typeof PARTNER_TYPES;

export const STATUS = { SIGNED: 'Signed', ACTIVE: 'Active', DORMANT: 'Dormant', LEFT: 'Left' } as const;

export const STATUS_MEANING: Record<keyof typeof STATUS, string> = {
  SIGNED: 'It has joined; no dated activity is known.',
  ACTIVE: 'It had a dated activity in the past year: a deal touched, an integration switched on, an implementation or a certificate.',
  DORMANT: 'Its last dated activity is more than a year old.',
  LEFT: 'It has left the program.',
};

export const POPULATION = { CUSTOMER: 'Customer', OPPORTUNITY: 'Open opportunity', PROSPECT: 'Prospect' } as const;

export const SHARING = {
  HIDDEN: 'Nothing', COUNTS_ONLY: 'How many are on its list', OVERLAPPING: 'Those on its list', ALL: 'All of them',
} as const;

export const SHARED_FIELDS = {
  segment: 'Segment', industry: 'Industry', region: 'Region', customerSince: 'Customer since', arr: 'ARR',
} as const;

export const ROLES = { IMPLEMENTS_FOR: 'Implements', RESELLS_TO: 'Resells', REFERRED: 'Referred' } as const;

export const SOURCES = {
  ROLE: 'role', PRODUCT: 'product in use', INTEGRATION: 'integration', DEAL: 'deal', LIST: 'account list',
} as const;

export const CREDIT = { SOURCED: 'Sourced', INFLUENCED: 'Influenced' } as const;

export const DEAL_KIND = { NEW: 'New', EXPANSION: 'Expansion', RENEWAL: 'Renewal' } as const;

export const DEAL_STATUS = { OPEN: 'Open', WON: 'Won', LOST: 'Lost' } as const;

export const CHANNEL = { DIRECT: 'Direct', RESELLER: 'Reseller', MARKETPLACE: 'Marketplace' } as const;

export const STRENGTH = {
  ROLE: 'Works for it',
  PRODUCT: 'Product in use',
  INTEGRATION: 'Integration switched on',
  REINFORCEMENT: 'Could join what it uses',
  DEAL: 'Deal with it',
  SHARED_CUSTOMER: 'On its account list',
} as const;

export type StrengthKind = keyof typeof STRENGTH;

/** What an edge says, read from its start to its end. */
export const EDGES: Record<string, string> = {
  OFFERS: 'offers', BUILDS: 'builds', CONNECTS: 'connects', USES: 'uses', ENABLED: 'switched on',
  IMPLEMENTS_FOR: 'implements for', RESELLS_TO: 'resells to', REFERRED: 'referred', WITH: 'with',
  INCLUDES: 'includes', TOUCHED: 'touched', SOURCED: 'sourced', INFLUENCED: 'influenced',
  CERTIFIED_FOR: 'certified for', ALLIED_WITH: 'allied with', SAME_COMPANY_AS: 'same company as', KNOWS: 'knows',
};

export const KINDS = {
  Partner: 'Partner', Account: 'Account', Product: 'Product', Integration: 'Integration', Deal: 'Deal',
} as const;

export type Kind = keyof typeof KINDS;

/** The kind of a node, by its id. */
export function kindOf(id: string): Kind {
  const name = id.slice(0, id.indexOf(':'));
  return (name.charAt(0).toUpperCase() + name.slice(1)) as Kind;
}
