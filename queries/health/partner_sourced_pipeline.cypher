// description: Sum of the amounts of partner-sourced deals that are open on a day, per currency; each deal once.
// parameters: asOf DATE
// columns: minor INTEGER, currency STRING
// mode: read
// allow: NodeByLabelScan
MATCH (deal:Deal)
WHERE deal.amount IS NOT NULL AND (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
  AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $asOf)
  AND EXISTS { (:Partner)-[:SOURCED]->(deal) }
RETURN sum(deal.amount) AS minor, deal.amountCurrency AS currency
ORDER BY currency
