// description: Customers up to a day by segment and currency: ARR (-1 for none), first day, day of leaving (0 for none or later), and day of the k-th partner-built integration enabled (0 for none); days as year · 10000 + month · 100 + day.
// parameters: asOf DATE, place INTEGER
// columns: segment STRING, currency STRING, arr INTEGERS, since INTEGERS, churned INTEGERS, enabled INTEGERS
// mode: read
// allow: NodeByLabelScan
MATCH (account:Account)
WHERE account.customerSince <= $asOf
WITH account, COLLECT {
  MATCH (account)-[e:ENABLED]->(integration:Integration)
  WHERE (e.since IS NULL OR e.since <= $asOf) AND EXISTS { (integration)<-[:BUILDS]-(:Partner) }
  WITH integration, min(coalesce(e.since, account.customerSince)) AS first
  ORDER BY first
  SKIP $place LIMIT 1
  RETURN first.year * 10000 + first.month * 100 + first.day AS day
} AS kth, CASE WHEN account.churnedOn <= $asOf THEN account.churnedOn END AS left
RETURN account.segment AS segment, account.arrCurrency AS currency, collect(coalesce(account.arr, -1)) AS arr,
       collect(account.customerSince.year * 10000 + account.customerSince.month * 100 + account.customerSince.day) AS since,
       collect(coalesce(left.year * 10000 + left.month * 100 + left.day, 0)) AS churned,
       collect(coalesce(head(kth), 0)) AS enabled
ORDER BY segment, currency
