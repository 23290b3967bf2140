// description: The active accounts on a day with their annual recurring revenue in minor units, by its currency; null for those without.
// parameters: asOf DATE, hasCustomerDates BOOLEAN
// columns: currency STRING, accounts INTEGERS, arr INTEGERS
// mode: read
// allow: NodeByLabelScan
MATCH (account:Account)
WHERE ($hasCustomerDates AND account.customerSince <= $asOf AND (account.churnedOn IS NULL OR account.churnedOn > $asOf))
  OR (NOT $hasCustomerDates AND EXISTS {
    MATCH (account)-[u:USES]->(:Product)
    WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
  })
WITH id(account) AS account, account.arr AS arr, CASE WHEN account.arr IS NOT NULL THEN account.arrCurrency END AS currency
RETURN currency, collect(account) AS accounts, collect(coalesce(arr, 0)) AS arr
