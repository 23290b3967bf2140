CALL () { MATCH (n1:Account) WHERE n1.id IS NOT NULL WITH n1, NOT EXISTS { MATCH (n1)-[n4:USES]->(n3:Product) WHERE (n4.since IS NULL OR n4.since <= $p0) AND (n4.until IS NULL OR n4.until > $p0) WITH *, NOT coalesce(NOT EXISTS { MATCH (n3)<-[n6:CERTIFIED_FOR]-(n5:Partner) WITH *, NOT coalesce(date(head(COLLECT { CALL (n5) { WITH n5 AS partner CALL (partner) {
  MATCH (partner)-[t:TOUCHED]->(:Deal) WHERE t.on <= $p0 RETURN max(t.on) AS last
  UNION ALL
  MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) WHERE r.since <= $p0 RETURN max(r.since) AS last
  UNION ALL
  MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) WHERE c.on <= $p0 RETURN max(c.on) AS last
  UNION ALL
  MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) WHERE e.since <= $p0 RETURN max(e.since) AS last
}
RETURN toString(max(last)) AS day } RETURN day })) >= $p2 AND any(v IN [CASE WHEN EXISTS { (n5)-[:HAD]->(past:HistoryEntry {attribute: 'tier'}) } THEN head(COLLECT { MATCH (n5)-[:HAD]->(past:HistoryEntry {attribute: 'tier'}) WHERE past.on <= $p0 RETURN past.value AS was ORDER BY past.on DESC LIMIT 1 }) ELSE n5.tier END] WHERE v CONTAINS $p3 AND v IN $p4) AND (size(coalesce(n5.types, [])) = 0) = $p5, false) AS n7 WHERE n7 RETURN 1 } AND EXISTS { MATCH (n3)<-[n6:CERTIFIED_FOR]-(n5:Partner) WHERE date(head(COLLECT { CALL (n5) { WITH n5 AS partner CALL (partner) {
  MATCH (partner)-[t:TOUCHED]->(:Deal) WHERE t.on <= $p0 RETURN max(t.on) AS last
  UNION ALL
  MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) WHERE r.since <= $p0 RETURN max(r.since) AS last
  UNION ALL
  MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) WHERE c.on <= $p0 RETURN max(c.on) AS last
  UNION ALL
  MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) WHERE e.since <= $p0 RETURN max(e.since) AS last
}
RETURN toString(max(last)) AS day } RETURN day })) > $p6 }, false) AS n8 WHERE n8 RETURN 1 } AS n9 WHERE n9 WITH n1 ORDER BY n1.id LIMIT $p1 RETURN collect([n1.id]) AS n10 } CALL () { MATCH (n1:Account) WITH n1, NOT EXISTS { MATCH (n1)-[n4:USES]->(n3:Product) WHERE (n4.since IS NULL OR n4.since <= $p0) AND (n4.until IS NULL OR n4.until > $p0) WITH *, NOT coalesce(NOT EXISTS { MATCH (n3)<-[n6:CERTIFIED_FOR]-(n5:Partner) WITH *, NOT coalesce(date(head(COLLECT { CALL (n5) { WITH n5 AS partner CALL (partner) {
  MATCH (partner)-[t:TOUCHED]->(:Deal) WHERE t.on <= $p0 RETURN max(t.on) AS last
  UNION ALL
  MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) WHERE r.since <= $p0 RETURN max(r.since) AS last
  UNION ALL
  MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) WHERE c.on <= $p0 RETURN max(c.on) AS last
  UNION ALL
  MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) WHERE e.since <= $p0 RETURN max(e.since) AS last
}
RETURN toString(max(last)) AS day } RETURN day })) >= $p2 AND any(v IN [CASE WHEN EXISTS { (n5)-[:HAD]->(past:HistoryEntry {attribute: 'tier'}) } THEN head(COLLECT { MATCH (n5)-[:HAD]->(past:HistoryEntry {attribute: 'tier'}) WHERE past.on <= $p0 RETURN past.value AS was ORDER BY past.on DESC LIMIT 1 }) ELSE n5.tier END] WHERE v CONTAINS $p3 AND v IN $p4) AND (size(coalesce(n5.types, [])) = 0) = $p5, false) AS n7 WHERE n7 RETURN 1 } AND EXISTS { MATCH (n3)<-[n6:CERTIFIED_FOR]-(n5:Partner) WHERE date(head(COLLECT { CALL (n5) { WITH n5 AS partner CALL (partner) {
  MATCH (partner)-[t:TOUCHED]->(:Deal) WHERE t.on <= $p0 RETURN max(t.on) AS last
  UNION ALL
  MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) WHERE r.since <= $p0 RETURN max(r.since) AS last
  UNION ALL
  MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) WHERE c.on <= $p0 RETURN max(c.on) AS last
  UNION ALL
  MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) WHERE e.since <= $p0 RETURN max(e.since) AS last
}
RETURN toString(max(last)) AS day } RETURN day })) > $p6 }, false) AS n8 WHERE n8 RETURN 1 } AS n11 WHERE n11 RETURN count(*) AS n12 } RETURN [n10, n12] AS r;
