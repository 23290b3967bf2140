// description: Amounts of the open deals that any of some partners sourced or influenced, per currency; each deal once.
// parameters: partners STRINGS, asOf DATE
// columns: minor INTEGER, currency STRING
// mode: read
UNWIND $partners AS id
MATCH (partner:Partner {id: id})-[:SOURCED|INFLUENCED]->(deal:Deal)
WHERE deal.amount IS NOT NULL AND (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
  AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $asOf)
WITH DISTINCT deal
RETURN sum(deal.amount) AS minor, deal.amountCurrency AS currency
ORDER BY currency
