// description: The customers on a first day: whether they had k partner-built integrations enabled on it, whether they were customers on the last day too, and the ARR (minor units) of both days where it was imported by day.
// parameters: start DATE, end DATE, least INTEGER
// columns: accounts LISTS
// mode: read
// allow: NodeByLabelScan
MATCH (account:Account)
WHERE account.customerSince <= $start AND (account.churnedOn IS NULL OR account.churnedOn > $start)
WITH account, account.churnedOn IS NULL OR account.churnedOn > $end AS stayed, COUNT {
  MATCH (account)-[e:ENABLED]->(integration:Integration)
  WHERE (e.since IS NULL OR e.since <= $start) AND (e.until IS NULL OR e.until > $start)
    AND EXISTS { (integration)<-[:BUILDS]-(:Partner) }
  RETURN DISTINCT integration
} >= $least AS exposed, head(COLLECT {
  MATCH (account)-[:HAD]->(entry:HistoryEntry {attribute: 'arr'})
  WHERE entry.on <= $start
  RETURN [entry.value, entry.valueCurrency] ORDER BY entry.on DESC LIMIT 1
}) AS first
WITH account, stayed, exposed, first, CASE WHEN first IS NOT NULL AND stayed THEN head(COLLECT {
  MATCH (account)-[:HAD]->(entry:HistoryEntry {attribute: 'arr'})
  WHERE entry.on <= $end AND entry.valueCurrency = first[1]
  RETURN entry.value ORDER BY entry.on DESC LIMIT 1
}) END AS last
WITH account, exposed, stayed, first[1] AS currency, first[0] AS before, CASE WHEN first IS NOT NULL THEN coalesce(last, 0) END AS after
ORDER BY account.id
RETURN collect([exposed, stayed, currency, before, after]) AS accounts
