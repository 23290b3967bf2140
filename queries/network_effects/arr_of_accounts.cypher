// description: The ARR (minor units) in one currency of customers up to a day: by first day, day of leaving (0 for none or later), and, where it was imported, by the days on which it changed; days as year · 10000 + month · 100 + day.
// parameters: asOf DATE, currency STRING
// columns: since INTEGERS, churned INTEGERS, arr INTEGERS, days LISTS, values LISTS
// mode: read
// allow: NodeByLabelScan
MATCH (account:Account)
WHERE account.customerSince <= $asOf AND account.arr IS NOT NULL AND account.arrCurrency = $currency
WITH account, CASE WHEN account.churnedOn <= $asOf THEN account.churnedOn END AS left, COLLECT {
  MATCH (account)-[:HAD]->(entry:HistoryEntry {attribute: 'arr'})
  WHERE entry.on <= $asOf AND entry.valueCurrency = $currency
  RETURN [entry.on.year * 10000 + entry.on.month * 100 + entry.on.day, entry.value] ORDER BY entry.on
} AS history
RETURN collect(account.customerSince.year * 10000 + account.customerSince.month * 100 + account.customerSince.day) AS since,
       collect(coalesce(left.year * 10000 + left.month * 100 + left.day, 0)) AS churned,
       collect(account.arr) AS arr,
       collect([pair IN history | pair[0]]) AS days, collect([pair IN history | pair[1]]) AS values
