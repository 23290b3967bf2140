// description: What each present partner adds to the covered value of active accounts: Shapley value, leave-one-out and Banzhaf value of the coverage game, in one pass.
// parameters: asOf DATE, hasCustomerDates BOOLEAN, isArr BOOLEAN, factors MAP
// columns: partner STRING, shapley FLOAT, leaveOneOut FLOAT, banzhaf FLOAT
// mode: read
// allow: NodeByLabelScan
MATCH (account:Account)
WHERE ($hasCustomerDates AND account.customerSince <= $asOf AND (account.churnedOn IS NULL OR account.churnedOn > $asOf))
  OR (NOT $hasCustomerDates AND EXISTS {
    MATCH (account)-[u:USES]->(:Product)
    WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
  })
MATCH (account)-[h:HAS_PARTNER]->(partner:Partner)
WHERE (h.since IS NULL OR h.since <= $asOf) AND (h.until IS NULL OR h.until > $asOf) AND h.sources <> ['LIST']
  AND (partner.leftOn IS NULL OR partner.leftOn > $asOf)
WITH account, collect(DISTINCT partner) AS partners
WITH partners, size(partners) AS degree,
  CASE WHEN $isArr THEN coalesce(account.arr * $factors[coalesce(account.arrCurrency, '')], 0.0) ELSE 1.0 END AS value
UNWIND partners AS partner
RETURN partner.id AS partner, sum(value / degree) AS shapley,
  sum(CASE degree WHEN 1 THEN value ELSE 0.0 END) AS leaveOneOut, sum(value * 2.0 ^ (1 - degree)) AS banzhaf
