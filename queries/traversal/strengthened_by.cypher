// description: Partners that strengthen one account, with the components of each score.
// in: account Account
// parameters: asOf DATE
// columns: partner Partner, account Account, score FLOAT, components MAPS
// mode: read
CALL (account) {
  MATCH (account)<-[r:IMPLEMENTS_FOR|RESELLS_TO|REFERRED]-(partner:Partner)
  WHERE (r.since IS NULL OR r.since <= $asOf) AND (r.until IS NULL OR r.until > $asOf)
  RETURN partner, 'ROLE' AS kind, 1 AS place, 0.25 AS weight, account AS because,
         CASE type(r) WHEN 'IMPLEMENTS_FOR' THEN 0.6 WHEN 'RESELLS_TO' THEN 0.3 ELSE 0.2 END AS part
  UNION ALL
  MATCH (account)-[u:USES]->(product:Product)<-[o:OFFERS]-(partner:Partner)
  WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
    AND (o.since IS NULL OR o.since <= $asOf) AND (o.until IS NULL OR o.until > $asOf)
  RETURN partner, 'PRODUCT' AS kind, 2 AS place, 0.2 AS weight, product AS because, 0.3 AS part
  UNION ALL
  MATCH (account)-[e:ENABLED]->(integration:Integration)<-[b:BUILDS]-(partner:Partner)
  WHERE (e.since IS NULL OR e.since <= $asOf) AND (e.until IS NULL OR e.until > $asOf)
    AND (b.since IS NULL OR b.since <= $asOf) AND (b.until IS NULL OR b.until > $asOf)
  RETURN partner, 'INTEGRATION' AS kind, 3 AS place, 0.25 AS weight, integration AS because, 0.5 AS part
  UNION ALL
  MATCH (account)-[u:USES]->(used:Product)<-[c:CONNECTS]-(integration:Integration)<-[b:BUILDS]-(partner:Partner)
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
  WITH DISTINCT partner, integration
  RETURN partner, 'REINFORCEMENT' AS kind, 4 AS place, 0.15 AS weight, integration AS because,
         0.08 * coalesce(integration.depth, 2) AS part
  UNION ALL
  MATCH (account)<-[:WITH]-(deal:Deal)<-[credit:SOURCED|INFLUENCED]-(partner:Partner)
  WHERE deal.status <> 'LOST' AND (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
  RETURN partner, 'DEAL' AS kind, 5 AS place, 0.1 AS weight, deal AS because,
         CASE type(credit) WHEN 'SOURCED' THEN 0.5 ELSE 0.3 END AS part
  UNION ALL
  MATCH (account)<-[k:KNOWS]-(partner:Partner)
  WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
  RETURN partner, 'SHARED_CUSTOMER' AS kind, 6 AS place, 0.05 AS weight, account AS because,
         CASE k.population WHEN 'CUSTOMER' THEN 0.6 WHEN 'OPPORTUNITY' THEN 0.3 ELSE 0.1 END AS part
}
WITH account, partner, place, kind, weight, because, part
WHERE partner.leftOn IS NULL OR partner.leftOn > $asOf
ORDER BY partner.id, place, part, because.id
WITH account, partner, place, kind, weight,
     round(1.0 - reduce(rest = 1.0, x IN collect(part) | rest * (1.0 - x)), 6) AS share, collect(DISTINCT because) AS because
ORDER BY partner.id, place
WITH account, partner, collect({kind: kind, score: share, weight: weight, because: because}) AS components
RETURN partner, account, round(reduce(total = 0.0, c IN components | total + c.score * c.weight), 6) AS score, components
