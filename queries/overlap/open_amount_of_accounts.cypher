// description: Amounts of the deals that are open on a day with any of some accounts, per currency; each deal once.
// in: accounts NODES
// parameters: asOf DATE
// columns: minor INTEGER, currency STRING
// mode: read
UNWIND accounts AS account
MATCH (account)<-[:WITH]-(deal:Deal)
WHERE deal.amount IS NOT NULL AND (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
  AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $asOf)
WITH DISTINCT deal
RETURN sum(deal.amount) AS minor, deal.amountCurrency AS currency
ORDER BY currency
