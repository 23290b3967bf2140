// description: The shortest ways in the graph that join a partner to an account which it strengthens.
// in: partner Partner, account Account
// parameters: asOf DATE, limit INTEGER
// columns: nodes NODES, edges EDGES
// mode: read
CALL (partner, account) {
  MATCH (partner)-[r:IMPLEMENTS_FOR|RESELLS_TO|REFERRED|KNOWS]->(account)
  WHERE (r.since IS NULL OR r.since <= $asOf) AND (r.until IS NULL OR r.until > $asOf)
  RETURN [partner, account] AS nodes, [r] AS edges
  UNION ALL
  MATCH (partner)-[o:OFFERS]->(product:Product)<-[u:USES]-(account)
  WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
    AND (o.since IS NULL OR o.since <= $asOf) AND (o.until IS NULL OR o.until > $asOf)
  RETURN [partner, product, account] AS nodes, [o, u] AS edges
  UNION ALL
  MATCH (partner)-[b:BUILDS]->(integration:Integration)<-[e:ENABLED]-(account)
  WHERE (e.since IS NULL OR e.since <= $asOf) AND (e.until IS NULL OR e.until > $asOf)
    AND (b.since IS NULL OR b.since <= $asOf) AND (b.until IS NULL OR b.until > $asOf)
  RETURN [partner, integration, account] AS nodes, [b, e] AS edges
  UNION ALL
  MATCH (partner)-[credit:SOURCED|INFLUENCED]->(deal:Deal)-[w:WITH]->(account)
  WHERE deal.status <> 'LOST' AND (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
  RETURN [partner, deal, account] AS nodes, [credit, w] AS edges
  UNION ALL
  MATCH (partner)-[b:BUILDS]->(integration:Integration)-[c:CONNECTS]->(used:Product)<-[u:USES]-(account)
  WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
    AND (c.since IS NULL OR c.since <= $asOf) AND (c.until IS NULL OR c.until > $asOf)
    AND (b.since IS NULL OR b.since <= $asOf) AND (b.until IS NULL OR b.until > $asOf)
    AND (integration.launchedOn IS NULL OR integration.launchedOn <= $asOf)
    AND (integration.retiredOn IS NULL OR integration.retiredOn > $asOf)
    AND NOT EXISTS { (partner)-[:OFFERS]->(used) }
    AND NOT EXISTS {
      MATCH (account)-[e:ENABLED]->(integration)
      WHERE (e.since IS NULL OR e.since <= $asOf) AND (e.until IS NULL OR e.until > $asOf)
    }
  RETURN [partner, integration, used, account] AS nodes, [b, c, u] AS edges
}
WITH nodes, edges
ORDER BY size(edges), [n IN nodes | n.id], [e IN edges | e.key]
LIMIT $limit
RETURN nodes, edges
