// description: Deals closed in a period, in figures by segment and industry of the account and by currency: all of them (id null), and for each of some partners those that it sourced or that were opened with an account that had it. Days and amounts are of won deals.
// parameters: partners STRINGS, start DATE, end DATE
// columns: id STRING, segment STRING, industry STRING, currency STRING, closed INTEGER, won INTEGER, days FLOAT, daysSquared FLOAT, priced INTEGER, amount FLOAT, amountSquared FLOAT
// mode: read
UNWIND [null] + $partners AS id
CALL (id) {
  WITH id
  WHERE id IS NULL
  MATCH (deal:Deal)
  WHERE deal.closedOn >= $start AND deal.closedOn < $end AND deal.openedOn <= deal.closedOn AND deal.status IN ['WON', 'LOST']
  RETURN deal
  UNION
  WITH id
  MATCH (:Partner {id: id})<-[h:HAS_PARTNER]-(:Account)<-[:WITH]-(deal:Deal)
  WHERE h.sources <> ['LIST'] AND (h.since IS NULL OR coalesce(h.adoptedOn, h.since) <= deal.openedOn)
    AND (h.until IS NULL OR h.until > deal.openedOn)
    AND deal.closedOn >= $start AND deal.closedOn < $end AND deal.openedOn <= deal.closedOn AND deal.status IN ['WON', 'LOST']
  RETURN deal
  UNION
  WITH id
  MATCH (:Partner {id: id})-[:SOURCED]->(deal:Deal)
  WHERE deal.closedOn >= $start AND deal.closedOn < $end AND deal.openedOn <= deal.closedOn AND deal.status IN ['WON', 'LOST']
  RETURN deal
}
MATCH (deal)-[:WITH]->(account:Account)
WITH id, account.segment AS segment, account.industry AS industry,
     CASE WHEN deal.amount IS NOT NULL THEN deal.amountCurrency END AS currency, deal.status = 'WON' AS isWon,
     toFloat(duration.inDays(deal.openedOn, deal.closedOn).days) AS days, toFloat(deal.amount) AS amount
WITH id, segment, industry, currency, isWon, CASE WHEN isWon THEN days END AS days, CASE WHEN isWon THEN amount END AS amount
RETURN id, segment, industry, currency, count(*) AS closed, sum(CASE WHEN isWon THEN 1 ELSE 0 END) AS won,
       sum(days) AS days, sum(days * days) AS daysSquared,
       count(amount) AS priced, sum(amount) AS amount, sum(amount * amount) AS amountSquared
ORDER BY id, segment, industry, currency
