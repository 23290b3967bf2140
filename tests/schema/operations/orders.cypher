CALL () { MATCH (n1:Account) WHERE n1.id IS NOT NULL WITH n1 ORDER BY n1.id DESC LIMIT $p0 RETURN collect([n1.id, [$p1, n1.id]]) AS n3 } RETURN [n3] AS r;
CALL () { MATCH (n1:Account) WHERE n1.name IS NOT NULL WITH n1 ORDER BY n1.name, n1.id LIMIT $p0 RETURN collect([n1.id]) AS n3 } RETURN [n3] AS r;
CALL () { MATCH (n1:Account) WITH n1 ORDER BY n1.customerSince IS NULL, n1.customerSince DESC, n1.id LIMIT $p0 RETURN collect([toString(n1.customerSince), n1.id]) AS n3 } RETURN [n3] AS r;
CALL () { MATCH (n1:Partner) WITH n1, COUNT { MATCH (n1)<-[n4:HAS_PARTNER]-(n3:Account) WHERE (n4.since IS NULL OR n4.since <= $asOf) AND (n4.until IS NULL OR n4.until > $asOf) } AS n5 WITH n1, n5 ORDER BY n5 DESC, n1.id LIMIT $p0 RETURN collect([COUNT { MATCH (n1)<-[n7:HAS_PARTNER]-(n6:Account) WHERE (n7.since IS NULL OR n7.since <= $asOf) AND (n7.until IS NULL OR n7.until > $asOf) RETURN 1 AS one }, n1.id]) AS n8 } RETURN [n8] AS r;
CALL () { MATCH (n1:Partner) WITH n1, head(COLLECT { CALL (n1) { WITH n1 AS partner CALL (partner) {
  MATCH (partner)-[t:TOUCHED]->(:Deal) WHERE t.on <= $asOf RETURN max(t.on) AS last
  UNION ALL
  MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) WHERE r.since <= $asOf RETURN max(r.since) AS last
  UNION ALL
  MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) WHERE c.on <= $asOf RETURN max(c.on) AS last
  UNION ALL
  MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) WHERE e.since <= $asOf RETURN max(e.since) AS last
}
WITH partner, max(last) AS last
RETURN CASE
    WHEN partner.leftOn <= $asOf THEN 'LEFT'
    WHEN NOT $hasDatedActivity THEN 'ACTIVE'
    WHEN last IS NULL THEN 'SIGNED'
    WHEN last > $asOf - duration({days: $activeWithin}) THEN 'ACTIVE'
    ELSE 'DORMANT'
  END AS status } RETURN status }) AS n3 WITH n1, n3 ORDER BY n1.tier IS NULL DESC, n1.tier, n3, n1.id LIMIT $p0 WITH n1, n3, [n1.id, head(COLLECT { CALL (n1) { WITH n1 AS partner CALL (partner) {
  MATCH (partner)-[t:TOUCHED]->(:Deal) WHERE t.on <= $asOf RETURN max(t.on) AS last
  UNION ALL
  MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) WHERE r.since <= $asOf RETURN max(r.since) AS last
  UNION ALL
  MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) WHERE c.on <= $asOf RETURN max(c.on) AS last
  UNION ALL
  MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) WHERE e.since <= $asOf RETURN max(e.since) AS last
}
WITH partner, max(last) AS last
RETURN CASE
    WHEN partner.leftOn <= $asOf THEN 'LEFT'
    WHEN NOT $hasDatedActivity THEN 'ACTIVE'
    WHEN last IS NULL THEN 'SIGNED'
    WHEN last > $asOf - duration({days: $activeWithin}) THEN 'ACTIVE'
    ELSE 'DORMANT'
  END AS status } RETURN status }), n1.tier] AS given RETURN collect(given) AS n4 } RETURN [n4] AS r;
CALL () { MATCH (n1:Partner) WITH n1, reduce(total = 0, amount IN COLLECT { MATCH (n1)-[:SOURCED]->(d:Deal {status: 'WON'}) WHERE d.amount IS NOT NULL AND (d.closedOn IS NULL OR d.closedOn <= $asOf) WITH d ORDER BY d.id RETURN d.amount * $p1[d.amountCurrency] } | total + amount) AS n3 WITH n1, n3 ORDER BY n3 DESC, n1.id LIMIT $p0 RETURN collect([n1.id]) AS n4 } RETURN [n4] AS r;
MATCH (entry:HistoryEntry {attribute: 'rate'})
WHERE entry.on <= $asOf
WITH entry ORDER BY entry.on DESC
RETURN entry.from AS source, entry.to AS target, head(collect(entry.rate)) AS rate;
MATCH (n1:Account {id: $p0}) WITH n1 ORDER BY n1.id LIMIT 2 RETURN [COLLECT { MATCH (n1)-[n3:HAS_PARTNER]->(n2:Partner) WHERE (n3.since IS NULL OR n3.since <= $asOf) AND (n3.until IS NULL OR n3.until > $asOf) WITH n2, n3 ORDER BY n2.joinedOn IS NULL, n2.joinedOn DESC, n2.id, n3.key LIMIT $p1 RETURN [toString(n3.since), n2.id] }] AS r, n1.id AS id;
