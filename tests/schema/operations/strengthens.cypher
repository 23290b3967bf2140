MATCH (n1:Partner {id: $p0}) WITH n1 ORDER BY n1.id LIMIT 2 WITH n1, [COLLECT { CALL (n1) { WITH n1 AS partner CALL (partner) {
  MATCH (partner)-[r:IMPLEMENTS_FOR|RESELLS_TO|REFERRED]->(account:Account)
  WHERE (r.since IS NULL OR r.since <= $p1) AND (r.until IS NULL OR r.until > $p1)
  RETURN account, 'ROLE' AS kind, 1 AS place, 0.25 AS weight, account AS because,
         CASE type(r) WHEN 'IMPLEMENTS_FOR' THEN 0.6 WHEN 'RESELLS_TO' THEN 0.3 ELSE 0.2 END AS part
  UNION ALL
  MATCH (partner)-[o:OFFERS]->(product:Product)<-[u:USES]-(account:Account)
  WHERE (u.since IS NULL OR u.since <= $p1) AND (u.until IS NULL OR u.until > $p1)
    AND (o.since IS NULL OR o.since <= $p1) AND (o.until IS NULL OR o.until > $p1)
  RETURN account, 'PRODUCT' AS kind, 2 AS place, 0.2 AS weight, product AS because, 0.3 AS part
  UNION ALL
  MATCH (partner)-[b:BUILDS]->(integration:Integration)<-[e:ENABLED]-(account:Account)
  WHERE (e.since IS NULL OR e.since <= $p1) AND (e.until IS NULL OR e.until > $p1)
    AND (b.since IS NULL OR b.since <= $p1) AND (b.until IS NULL OR b.until > $p1)
  RETURN account, 'INTEGRATION' AS kind, 3 AS place, 0.25 AS weight, integration AS because, 0.5 AS part
  UNION ALL
  MATCH (partner)-[b:BUILDS]->(integration:Integration)-[c:CONNECTS]->(used:Product)<-[u:USES]-(account:Account)
  WHERE (u.since IS NULL OR u.since <= $p1) AND (u.until IS NULL OR u.until > $p1)
    AND (c.since IS NULL OR c.since <= $p1) AND (c.until IS NULL OR c.until > $p1)
    AND (b.since IS NULL OR b.since <= $p1) AND (b.until IS NULL OR b.until > $p1)
    AND (integration.launchedOn IS NULL OR integration.launchedOn <= $p1)
    AND (integration.retiredOn IS NULL OR integration.retiredOn > $p1)
    AND NOT EXISTS { (partner)-[:OFFERS]->(used) }
    AND NOT EXISTS {
      MATCH (account)-[e:ENABLED]->(integration)
      WHERE (e.since IS NULL OR e.since <= $p1) AND (e.until IS NULL OR e.until > $p1)
    }
  WITH DISTINCT account, integration
  RETURN account, 'REINFORCEMENT' AS kind, 4 AS place, 0.15 AS weight, integration AS because,
         0.08 * coalesce(integration.depth, 2) AS part
  UNION ALL
  MATCH (partner)-[credit:SOURCED|INFLUENCED]->(deal:Deal)-[:WITH]->(account:Account)
  WHERE deal.status <> 'LOST' AND (deal.openedOn IS NULL OR deal.openedOn <= $p1)
  RETURN account, 'DEAL' AS kind, 5 AS place, 0.1 AS weight, deal AS because,
         CASE type(credit) WHEN 'SOURCED' THEN 0.5 ELSE 0.3 END AS part
  UNION ALL
  MATCH (partner)-[k:KNOWS]->(account:Account)
  WHERE (k.since IS NULL OR k.since <= $p1) AND (k.until IS NULL OR k.until > $p1)
  RETURN account, 'SHARED_CUSTOMER' AS kind, 6 AS place, 0.05 AS weight, account AS because,
         CASE k.population WHEN 'CUSTOMER' THEN 0.6 WHEN 'OPPORTUNITY' THEN 0.3 ELSE 0.1 END AS part
}
WITH account, partner, place, kind, weight, because, part
WHERE partner.leftOn IS NULL OR partner.leftOn > $p1
ORDER BY account.id, place, part, because.id
WITH account, partner, place, kind, weight,
     round(1.0 - reduce(rest = 1.0, x IN collect(part) | rest * (1.0 - x)), 6) AS share, collect(DISTINCT because) AS because
ORDER BY account.id, place
WITH account, partner, collect({kind: kind, score: share, weight: weight, because: because}) AS components
RETURN partner, account, round(reduce(total = 0.0, c IN components | total + c.score * c.weight), 6) AS score, components } WITH partner AS n2, account AS n3, score AS n4, components AS n5 WITH n2, n3, n4, n5 ORDER BY n4 DESC, n2.id, n3.id LIMIT $p2 WITH n2, n3, n4, n5, [head(COLLECT { CALL (n3) { WITH n3 AS account RETURN CASE $hasCustomerDates
    WHEN true THEN coalesce(account.customerSince <= $p1 AND (account.churnedOn IS NULL OR account.churnedOn > $p1), false)
    ELSE EXISTS {
      MATCH (account)-[u:USES]->(:Product)
      WHERE (u.since IS NULL OR u.since <= $p1) AND (u.until IS NULL OR u.until > $p1)
    }
  END AS isActive } RETURN isActive }), n3.key, head(COLLECT { CALL (n3) { WITH n3 AS account RETURN CASE
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
  END AS population } RETURN population }), COLLECT { UNWIND n5 AS n6 RETURN [n6.kind, n6.score] }, n4] AS given RETURN given }] AS given RETURN given AS r, n1.id AS id;
