// description: Sum of the amounts of partner-influenced deals won in a period, per currency; each deal once.
// parameters: start DATE, end DATE
// columns: minor INTEGER, currency STRING
// mode: read
MATCH (deal:Deal {status: 'WON'})
WHERE deal.amount IS NOT NULL AND (deal.closedOn >= $start OR $start IS NULL) AND (deal.closedOn < $end OR deal.closedOn IS NULL)
  AND EXISTS { (:Partner)-[:INFLUENCED]->(deal) }
RETURN sum(deal.amount) AS minor, deal.amountCurrency AS currency
ORDER BY currency
