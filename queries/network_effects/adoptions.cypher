// description: Each partner's first and last day in the program, and the first day on which each customer had it by more than account lists; days as year · 10000 + month · 100 + day, 0 for not known. Accounts are the database's own numbers.
// parameters: asOf DATE
// columns: partner STRING, joined INTEGER, left INTEGER, accounts INTEGERS, days INTEGERS
// mode: read
// allow: NodeByLabelScan
MATCH (partner:Partner)
WHERE partner.joinedOn IS NULL OR partner.joinedOn <= $asOf
OPTIONAL MATCH (partner)<-[h:HAS_PARTNER]-(account:Account)
WHERE h.sources <> ['LIST'] AND (h.adoptedOn IS NULL OR h.adoptedOn <= $asOf) AND account.customerSince <= $asOf
WITH partner, partner.joinedOn AS joinedOn, partner.leftOn AS leftOn, id(account) AS account,
     coalesce(h.adoptedOn.year * 10000 + h.adoptedOn.month * 100 + h.adoptedOn.day, 0) AS day
WITH partner, joinedOn, leftOn, collect(account) AS accounts, collect(CASE WHEN account IS NOT NULL THEN day END) AS days
RETURN partner.id AS partner, coalesce(joinedOn.year * 10000 + joinedOn.month * 100 + joinedOn.day, 0) AS joined,
       coalesce(leftOn.year * 10000 + leftOn.month * 100 + leftOn.day, 0) AS left, accounts, days
ORDER BY partner
