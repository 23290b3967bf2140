MATCH (n1:Account {id: $p0}) WITH n1 ORDER BY n1.id LIMIT 2 RETURN [[CASE WHEN EXISTS { (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) } THEN head(COLLECT { MATCH (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) WHERE past.on <= $p1 RETURN past.value AS was ORDER BY past.on DESC LIMIT 1 }) ELSE n1.arr END, CASE WHEN EXISTS { (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) } THEN head(COLLECT { MATCH (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) WHERE past.on <= $p1 RETURN past.valueCurrency AS was ORDER BY past.on DESC LIMIT 1 }) ELSE n1.arrCurrency END], CASE WHEN EXISTS { (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) } THEN head(COLLECT { MATCH (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) WHERE past.on <= $p1 RETURN past.valueCurrency AS was ORDER BY past.on DESC LIMIT 1 }) ELSE n1.arrCurrency END, CASE WHEN EXISTS { (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) } THEN head(COLLECT { MATCH (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) WHERE past.on <= $p1 RETURN past.value AS was ORDER BY past.on DESC LIMIT 1 }) ELSE n1.arr END] AS r, n1.id AS id;
MATCH (n1:Account {id: $p0}) WITH n1 ORDER BY n1.id LIMIT 2 WITH n1, [[CASE WHEN EXISTS { (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) } THEN head(COLLECT { MATCH (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) WHERE past.on <= $p1 RETURN past.value AS was ORDER BY past.on DESC LIMIT 1 }) ELSE n1.arr END, CASE WHEN EXISTS { (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) } THEN head(COLLECT { MATCH (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) WHERE past.on <= $p1 RETURN past.valueCurrency AS was ORDER BY past.on DESC LIMIT 1 }) ELSE n1.arrCurrency END], CASE WHEN EXISTS { (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) } THEN head(COLLECT { MATCH (n1)-[:HAD]->(past:HistoryEntry {attribute: 'arr'}) WHERE past.on <= $p1 RETURN past.value AS was ORDER BY past.on DESC LIMIT 1 }) ELSE n1.arr END, head(COLLECT { CALL (n1) { WITH n1 AS account RETURN CASE $hasCustomerDates
    WHEN true THEN coalesce(account.customerSince <= $p1 AND (account.churnedOn IS NULL OR account.churnedOn > $p1), false)
    ELSE EXISTS {
      MATCH (account)-[u:USES]->(:Product)
      WHERE (u.since IS NULL OR u.since <= $p1) AND (u.until IS NULL OR u.until > $p1)
    }
  END AS isActive } RETURN isActive }), COLLECT { MATCH (n1)-[n3:USES]->(n2:Product) WHERE (n3.since IS NULL OR n3.since <= $p2) AND (n3.until IS NULL OR n3.until > $p2) WITH n2, n3 ORDER BY n2.id, n3.key LIMIT $p3 RETURN [n2.id] }, COLLECT { MATCH (n1)-[n5:USES]->(n4:Product) WHERE (n5.since IS NULL OR n5.since <= $p1) AND (n5.until IS NULL OR n5.until > $p1) WITH n4, n5 ORDER BY n4.id, n5.key LIMIT $p4 RETURN [n4.id, COLLECT { MATCH (n4)<-[n7:OFFERS]-(n6:Partner) WHERE (n7.since IS NULL OR n7.since <= $p1) AND (n7.until IS NULL OR n7.until > $p1) WITH n6, n7 ORDER BY n6.id, n7.key LIMIT $p5 RETURN [n6.id] }] }] AS given RETURN given AS r, n1.id AS id;
MATCH (n1:Account {id: $p0}) WITH n1 ORDER BY n1.id LIMIT 2 WITH n1, [head(COLLECT { CALL (n1) { WITH n1 AS account RETURN CASE $hasCustomerDates
    WHEN true THEN coalesce(account.customerSince <= $p1 AND (account.churnedOn IS NULL OR account.churnedOn > $p1), false)
    ELSE EXISTS {
      MATCH (account)-[u:USES]->(:Product)
      WHERE (u.since IS NULL OR u.since <= $p1) AND (u.until IS NULL OR u.until > $p1)
    }
  END AS isActive } RETURN isActive }), head(COLLECT { CALL (n1) { WITH n1 AS account RETURN CASE
    WHEN account.customerSince <= $p1 AND (account.churnedOn IS NULL OR account.churnedOn > $p1) THEN 'CUSTOMER'
    WHEN EXISTS {
      MATCH (account)<-[:WITH]-(deal:Deal)
      WHERE (deal.openedOn IS NULL OR deal.openedOn <= $p1)
        AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $p1)
    } THEN 'OPPORTUNITY'
    WHEN EXISTS {
      MATCH (account)<-[k:KNOWS]-(:Company)
      WHERE (k.since IS NULL OR k.since <= $p1) AND (k.until IS NULL OR k.until > $p1)
    } THEN 'PROSPECT'
  END AS population } RETURN population }), COUNT { MATCH (n1)-[n3:USES]->(n2:Product) WHERE (n3.since IS NULL OR n3.since <= $p1) AND (n3.until IS NULL OR n3.until > $p1) RETURN 1 AS one }] AS given RETURN given AS r, n1.id AS id;
