// description: Accounts that are accounts of several of these partners on a day, for whatever reason: of `atLeast` of them.
// parameters: partners STRINGS, atLeast INTEGER, asOf DATE
// columns: it Account
// mode: read
MATCH (partner:Partner)
WHERE partner.id IN $partners
MATCH (partner)<-[h:HAS_PARTNER]-(account:Account)
WHERE (h.since IS NULL OR h.since <= $asOf) AND (h.until IS NULL OR h.until > $asOf)
WITH account AS it, count(DISTINCT partner) AS sharing
WHERE sharing >= $atLeast
RETURN it
