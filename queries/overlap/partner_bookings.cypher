// description: Amounts of deals credited to some partners, per partner, kind and currency: won in a period and SOURCED or INFLUENCED, or sourced and open on a day (PIPELINE).
// parameters: partners STRINGS, start DATE, end DATE, asOf DATE
// columns: id STRING, kind STRING, minor INTEGER, currency STRING
// mode: read
UNWIND $partners AS id
MATCH (:Partner {id: id})-[credit:SOURCED|INFLUENCED]->(deal:Deal)
WHERE deal.amount IS NOT NULL
WITH DISTINCT id, deal, type(credit) AS credit
WITH id, deal, CASE
    WHEN deal.status = 'WON' AND (deal.closedOn IS NULL OR (deal.closedOn >= $start AND deal.closedOn < $end)) THEN credit
    WHEN credit = 'SOURCED' AND (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
      AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $asOf) THEN 'PIPELINE'
  END AS kind
WHERE kind IS NOT NULL
RETURN id, kind, sum(deal.amount) AS minor, deal.amountCurrency AS currency
ORDER BY id, kind, currency
