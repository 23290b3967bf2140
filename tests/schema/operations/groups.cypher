CALL () { CALL () { MATCH (n1:Deal) RETURN count(*) AS n3 } WITH n3, [n3, COLLECT { MATCH (n1:Deal) WITH head([n4 IN [n1.closedOn] WHERE n4 IS NOT NULL | date.truncate('month', n4)]) AS n5, n1.status AS n6, n1.amount AS n7, n1.amountCurrency AS n8 WITH n5, n6, collect(CASE WHEN n7 IS NOT NULL THEN [n8, n7] END) AS n9, count(*) AS n16 ORDER BY n16 DESC, n5, n6 LIMIT $p1 WITH n5, n6, n9, n16, [COLLECT { UNWIND n9 AS n10 WITH n10[0] AS n11, sum(n10[1]) AS n12, count(n10[1]) AS n13, percentileDisc(n10[1], 0.5) AS n14, percentileDisc(n10[1], 0.500000001) AS n15 ORDER BY n11 RETURN [[n12, n13, n11], n11, [n14, n15, n11], [n12, n11]] }, n16, toString(n5), n6] AS n17 RETURN n17 }, COLLECT { MATCH (n1:Deal) OPTIONAL MATCH (n1)<-[n19:SOURCED|INFLUENCED]-(n18:Partner) WITH n1, n18.tier AS n20, coalesce(n18.types, []) AS n21 UNWIND CASE WHEN size(n21) > 0 THEN n21 ELSE [null] END AS n22 WITH DISTINCT n1, n20, n22 WITH n20, n22, count(*) AS n23 ORDER BY n23 DESC, n20, n22 LIMIT $p2 WITH n20, n22, n23, [n23, n20, n22] AS n24 RETURN n24 }, COLLECT { MATCH (n1:Deal) OPTIONAL MATCH (n1)-[:WITH]->(n25:Account) WITH n25.segment AS n26, n1.amountCurrency AS n27 WITH n26, n27, count(*) AS n28 ORDER BY n28 DESC, n26, n27 LIMIT $p3 WITH n26, n27, n28, [n28, n26, n27] AS n29 RETURN n29 }] AS n30 RETURN n30 AS n31 } RETURN [n31] AS r;
CALL () { MATCH (n1:Account) WHERE n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 WITH n1, [n1.name, COLLECT { MATCH (n1)-[n4:HAS_PARTNER]->(n3:Partner) WHERE (n4.since IS NULL OR n4.since <= $asOf) AND (n4.until IS NULL OR n4.until > $asOf) WITH n3, n4, head([n5 IN [n3.joinedOn] WHERE n5 IS NOT NULL | date.truncate('year', n5)]) AS n6, head(COLLECT { MATCH (n3)-[:SOURCED|INFLUENCED]->(d:Deal) RETURN min(d.openedOn) AS day }) AS n8 WITH n6, count(*) AS n7, min(n8) AS n9 ORDER BY n7 DESC, n6 LIMIT $p2 WITH n6, n7, n9, [n7, toString(n9), toString(n6)] AS n10 RETURN n10 }] AS given RETURN collect(given) AS n11 } RETURN [n11] AS r;
CALL () { MATCH (n1:Deal) OPTIONAL MATCH (n1)<-[n4:SOURCED|INFLUENCED]-(n3:Partner) WITH DISTINCT n1, n3 WITH n3, count(*) AS n5 ORDER BY n5 DESC, n3.id LIMIT $p1 WITH n3, n5, [n5, CASE WHEN n3 IS NOT NULL THEN [n3.name, COLLECT { MATCH (n3)-[n7:OFFERS]->(n6:Product) WHERE (n7.since IS NULL OR n7.since <= $asOf) AND (n7.until IS NULL OR n7.until > $asOf) WITH n6, n7 ORDER BY n6.id, n7.key LIMIT $p2 RETURN [n6.name] }, COUNT { MATCH (n3)-[n7:OFFERS]->(n6:Product) WHERE (n7.since IS NULL OR n7.since <= $asOf) AND (n7.until IS NULL OR n7.until > $asOf) RETURN 1 AS one }] END] AS n8 RETURN collect(n8) AS n9 } RETURN [n9] AS r;
CALL () { MATCH (n1:Partner) WITH n1, head(COLLECT { CALL (n1) { WITH n1 AS partner CALL (partner) {
  MATCH (partner)-[t:TOUCHED]->(:Deal) WHERE t.on <= $p0 RETURN max(t.on) AS last
  UNION ALL
  MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) WHERE r.since <= $p0 RETURN max(r.since) AS last
  UNION ALL
  MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) WHERE c.on <= $p0 RETURN max(c.on) AS last
  UNION ALL
  MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) WHERE e.since <= $p0 RETURN max(e.since) AS last
}
WITH partner, max(last) AS last
RETURN CASE
    WHEN partner.leftOn <= $p0 THEN 'LEFT'
    WHEN NOT $hasDatedActivity THEN 'ACTIVE'
    WHEN last IS NULL THEN 'SIGNED'
    WHEN last > $p0 - duration({days: $activeWithin}) THEN 'ACTIVE'
    ELSE 'DORMANT'
  END AS status } RETURN status }) AS n3, coalesce(n1.types, []) AS n4, date(head(COLLECT { CALL (n1) { WITH n1 AS partner CALL (partner) {
  MATCH (partner)-[t:TOUCHED]->(:Deal) WHERE t.on <= $p0 RETURN max(t.on) AS last
  UNION ALL
  MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) WHERE r.since <= $p0 RETURN max(r.since) AS last
  UNION ALL
  MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) WHERE c.on <= $p0 RETURN max(c.on) AS last
  UNION ALL
  MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) WHERE e.since <= $p0 RETURN max(e.since) AS last
}
RETURN toString(max(last)) AS day } RETURN day })) AS n7 UNWIND CASE WHEN size(n4) > 0 THEN n4 ELSE [null] END AS n5 WITH n3, n5, count(*) AS n6, max(n7) AS n8 ORDER BY n6 DESC, n3, n5 LIMIT $p2 WITH n3, n5, n6, n8, [n6, toString(n8), n3, n5] AS n9 RETURN collect(n9) AS n10 } RETURN [n10] AS r;
