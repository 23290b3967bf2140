// description: When accounts were customers and integrations available, and the deals won, with their amounts by currency and whether partners sourced them; days as year · 10000 + month · 100 + day, 0 for not known.
// columns: since INTEGERS, churned INTEGERS, launched INTEGERS, retired INTEGERS, won LISTS
// mode: read
// allow: NodeByLabelScan, CartesianProduct
CALL () {
  MATCH (account:Account)
  WHERE account.customerSince IS NOT NULL
  WITH account.customerSince AS day, account.churnedOn AS gone
  RETURN collect(day.year * 10000 + day.month * 100 + day.day) AS since,
         collect(coalesce(gone.year * 10000 + gone.month * 100 + gone.day, 0)) AS churned
}
CALL () {
  MATCH (integration:Integration)
  WITH integration.launchedOn AS day, integration.retiredOn AS gone
  RETURN collect(coalesce(day.year * 10000 + day.month * 100 + day.day, 0)) AS launched,
         collect(coalesce(gone.year * 10000 + gone.month * 100 + gone.day, 0)) AS retired
}
CALL () {
  MATCH (deal:Deal {status: 'WON'})
  WHERE deal.amount IS NOT NULL AND deal.closedOn IS NOT NULL
  WITH deal.amountCurrency AS currency, EXISTS { (:Partner)-[:SOURCED]->(deal) } AS sourced,
       deal.closedOn AS day, deal.amount AS amount
  WITH currency, sourced, collect(day.year * 10000 + day.month * 100 + day.day) AS days, collect(amount) AS amounts
  ORDER BY currency, sourced
  RETURN collect([currency, sourced, days, amounts]) AS won
}
RETURN since, churned, launched, retired, won
