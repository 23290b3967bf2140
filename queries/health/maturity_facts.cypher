// description: What the maturity of a program is read from on a day: its first partner, won and partner-sourced amounts of the year before by currency, and active accounts with two or more integrations.
// parameters: asOf DATE, hasCustomerDates BOOLEAN
// columns: firstPartner DATE, won LISTS, accounts INTEGER, integrated INTEGER
// mode: read
// allow: NodeByLabelScan, CartesianProduct
CALL () {
  MATCH (partner:Partner)
  WHERE partner.joinedOn <= $asOf
  RETURN min(partner.joinedOn) AS firstPartner
}
CALL () {
  MATCH (deal:Deal {status: 'WON'})
  WHERE deal.amount IS NOT NULL AND deal.closedOn < $asOf AND deal.closedOn >= $asOf - duration({years: 1})
  WITH deal.amountCurrency AS currency, sum(deal.amount) AS won,
       sum(CASE WHEN EXISTS { (:Partner)-[:SOURCED]->(deal) } THEN deal.amount ELSE 0 END) AS sourced
  ORDER BY currency
  RETURN collect([currency, won, sourced]) AS won
}
CALL () {
  MATCH (account:Account)
  WHERE ($hasCustomerDates AND account.customerSince <= $asOf AND (account.churnedOn IS NULL OR account.churnedOn > $asOf))
    OR (NOT $hasCustomerDates AND EXISTS {
      MATCH (account)-[u:USES]->(:Product)
      WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
    })
  WITH account, COUNT {
    MATCH (account)-[e:ENABLED]->(integration:Integration)
    WHERE (e.since IS NULL OR e.since <= $asOf) AND (e.until IS NULL OR e.until > $asOf)
    RETURN DISTINCT integration
  } >= 2 AS integrated
  RETURN count(account) AS accounts, sum(CASE WHEN integrated THEN 1 ELSE 0 END) AS integrated
}
RETURN firstPartner, won, accounts, integrated
