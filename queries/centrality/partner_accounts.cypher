// description: The accounts of each present partner on a day, and since when, as year · 10000 + month · 100 + day, 0 for always; without what account lists alone tell.
// parameters: asOf DATE
// columns: partner STRING, accounts INTEGERS, since INTEGERS
// mode: read
// allow: NodeByLabelScan
MATCH (partner:Partner)
WHERE partner.leftOn IS NULL OR partner.leftOn > $asOf
MATCH (partner)<-[h:HAS_PARTNER]-(account:Account)
WHERE (h.since IS NULL OR h.since <= $asOf) AND (h.until IS NULL OR h.until > $asOf) AND h.sources <> ['LIST']
WITH partner, id(account) AS account, coalesce(h.since.year * 10000 + h.since.month * 100 + h.since.day, 0) AS since
RETURN partner.id AS partner, collect(account) AS accounts, collect(since) AS since
