CALL () { MATCH (n1:Account) WHERE (n1.arrCurrency = $p1 AND n1.arr >= $p2) AND n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN collect([n1.id]) AS n3 } RETURN [n3] AS r;
CALL () { MATCH (n1:Account) WHERE EXISTS { MATCH (n1)-[n4:HAS_PARTNER]->(n3:Partner) WHERE (n4.since IS NULL OR n4.since <= $p0) AND (n4.until IS NULL OR n4.until > $p0) AND $p2 IN coalesce(n4.roles, []) AND any(given IN $p3 WHERE given IN coalesce(n3.types, [])) } AND COUNT { MATCH (n1)-[n6:USES]->(n5:Product) WHERE (n6.since IS NULL OR n6.since <= $p0) AND (n6.until IS NULL OR n6.until > $p0) } >= $p4 AND n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p1 RETURN collect([n1.id]) AS n7 } CALL () { MATCH (n1:Account) WHERE EXISTS { MATCH (n1)-[n4:HAS_PARTNER]->(n3:Partner) WHERE (n4.since IS NULL OR n4.since <= $p0) AND (n4.until IS NULL OR n4.until > $p0) AND $p2 IN coalesce(n4.roles, []) AND any(given IN $p3 WHERE given IN coalesce(n3.types, [])) } AND COUNT { MATCH (n1)-[n6:USES]->(n5:Product) WHERE (n6.since IS NULL OR n6.since <= $p0) AND (n6.until IS NULL OR n6.until > $p0) } >= $p4 RETURN count(*) AS n8 } RETURN [n7, n8] AS r;
CALL () { MATCH (n1:Account) WHERE NOT EXISTS { MATCH (n1)<-[n4:WITH]-(n3:Deal) WHERE NOT coalesce(n3.status = $p1, false) } AND NOT EXISTS { MATCH (n1)-[n6:USES]->(n5:Product) WHERE (n6.since IS NULL OR n6.since <= $asOf) AND (n6.until IS NULL OR n6.until > $asOf) AND coalesce(n5.isPlatform, false) = $p2 } AND n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN collect([n1.id]) AS n7 } RETURN [n7] AS r;
CALL () { MATCH (n1:Account) WHERE n1.customerSince >= $p1 AND n1.customerSince < $p2 AND n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN collect([n1.id]) AS n3 } RETURN [n3] AS r;
CALL () { MATCH (n1:Account) WHERE n1.name IN $p1 AND n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN collect([n1.id]) AS n3 } RETURN [n3] AS r;
CALL () { MATCH (n1:Account) WHERE n1.name STARTS WITH $p1 AND n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN collect([n1.id]) AS n3 } RETURN [n3] AS r;
CALL () { MATCH (n1:Deal) WHERE n1.status = $p1 AND n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN collect([n1.id]) AS n3 } RETURN [n3] AS r;
CALL () { MATCH (n1:Partner) WHERE (n1.tier = $p1 OR head(COLLECT { CALL (n1) { WITH n1 AS partner CALL (partner) {
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
  END AS status } RETURN status }) = $p2) AND n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 WITH n1, [n1.id, head(COLLECT { CALL (n1) { WITH n1 AS partner CALL (partner) {
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
  END AS status } RETURN status })] AS given RETURN collect(given) AS n3 } RETURN [n3] AS r;
CALL () { MATCH (n1:Partner) WHERE CASE valueType(n1[$p1]) STARTS WITH 'DATE' WHEN true THEN toString(n1[$p1]) ELSE n1[$p1] END IN $p2 AND $p3 IN COLLECT { MATCH (n1)-[:HAS_EXTERNAL_ID]->(x:ExternalId) RETURN x.id AS id ORDER BY id } AND n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN collect([n1.id]) AS n3 } RETURN [n3] AS r;
CALL () { MATCH (n1:Partner) WHERE NOT coalesce(n1.tier = $p1, false) AND n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN collect([n1.id]) AS n3 } RETURN [n3] AS r;
CALL () { MATCH (n1:Partner) WHERE n1.joinedOn >= $p1 AND n1.tier = $p2 AND n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 RETURN collect([n1.id]) AS n3 } CALL () { MATCH (n1:Partner) WHERE n1.joinedOn >= $p1 AND n1.tier = $p2 RETURN count(*) AS n4 } RETURN [n3, n4] AS r;
MATCH (n1:Partner {id: $p0}) WITH n1 ORDER BY n1.id LIMIT 2 RETURN [COLLECT { MATCH (n1)<-[n3:HAS_PARTNER]-(n2:Account) WHERE (n3.since IS NULL OR n3.since <= $asOf) AND (n3.until IS NULL OR n3.until > $asOf) AND n2.segment = $p2 WITH n2, n3 ORDER BY n2.id, n3.key LIMIT $p1 RETURN [n2.id] }, COUNT { MATCH (n1)<-[n3:HAS_PARTNER]-(n2:Account) WHERE (n3.since IS NULL OR n3.since <= $asOf) AND (n3.until IS NULL OR n3.until > $asOf) AND n2.segment = $p2 RETURN 1 AS one }] AS r, n1.id AS id;
