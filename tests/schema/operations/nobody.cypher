MATCH (n1:Account {id: $p0}) WITH n1 ORDER BY n1.id LIMIT 2 WITH n1, [COLLECT { CALL (n1) { CALL (n1) { WITH n1 AS account CALL (account) {
  MATCH (account)<-[r:IMPLEMENTS_FOR|RESELLS_TO|REFERRED]-(partner:Partner)
  WHERE (r.since IS NULL OR r.since <= $p1) AND (r.until IS NULL OR r.until > $p1)
  RETURN partner, 'ROLE' AS kind, 1 AS place, 0.25 AS weight, account AS because,
         CASE type(r) WHEN 'IMPLEMENTS_FOR' THEN 0.6 WHEN 'RESELLS_TO' THEN 0.3 ELSE 0.2 END AS part
  UNION ALL
  MATCH (account)-[u:USES]->(product:Product)<-[o:OFFERS]-(partner:Partner)
  WHERE (u.since IS NULL OR u.since <= $p1) AND (u.until IS NULL OR u.until > $p1)
    AND (o.since IS NULL OR o.since <= $p1) AND (o.until IS NULL OR o.until > $p1)
  RETURN partner, 'PRODUCT' AS kind, 2 AS place, 0.2 AS weight, product AS because, 0.3 AS part
  UNION ALL
  MATCH (account)-[e:ENABLED]->(integration:Integration)<-[b:BUILDS]-(partner:Partner)
  WHERE (e.since IS NULL OR e.since <= $p1) AND (e.until IS NULL OR e.until > $p1)
    AND (b.since IS NULL OR b.since <= $p1) AND (b.until IS NULL OR b.until > $p1)
  RETURN partner, 'INTEGRATION' AS kind, 3 AS place, 0.25 AS weight, integration AS because, 0.5 AS part
  UNION ALL
  MATCH (account)-[u:USES]->(used:Product)<-[c:CONNECTS]-(integration:Integration)<-[b:BUILDS]-(partner:Partner)
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
  WITH DISTINCT partner, integration
  RETURN partner, 'REINFORCEMENT' AS kind, 4 AS place, 0.15 AS weight, integration AS because,
         0.08 * coalesce(integration.depth, 2) AS part
  UNION ALL
  MATCH (account)<-[:WITH]-(deal:Deal)<-[credit:SOURCED|INFLUENCED]-(partner:Partner)
  WHERE deal.status <> 'LOST' AND (deal.openedOn IS NULL OR deal.openedOn <= $p1)
  RETURN partner, 'DEAL' AS kind, 5 AS place, 0.1 AS weight, deal AS because,
         CASE type(credit) WHEN 'SOURCED' THEN 0.5 ELSE 0.3 END AS part
  UNION ALL
  MATCH (account)<-[k:KNOWS]-(partner:Partner)
  WHERE (k.since IS NULL OR k.since <= $p1) AND (k.until IS NULL OR k.until > $p1)
  RETURN partner, 'SHARED_CUSTOMER' AS kind, 6 AS place, 0.05 AS weight, account AS because,
         CASE k.population WHEN 'CUSTOMER' THEN 0.6 WHEN 'OPPORTUNITY' THEN 0.3 ELSE 0.1 END AS part
}
WITH account, partner, place, kind, weight, because, part
WHERE partner.leftOn IS NULL OR partner.leftOn > $p1
ORDER BY partner.id, place, part, because.id
WITH account, partner, place, kind, weight,
     round(1.0 - reduce(rest = 1.0, x IN collect(part) | rest * (1.0 - x)), 6) AS share, collect(DISTINCT because) AS because
ORDER BY partner.id, place
WITH account, partner, collect({kind: kind, score: share, weight: weight, because: because}) AS components
RETURN partner, account, round(reduce(total = 0.0, c IN components | total + c.score * c.weight), 6) AS score, components } WITH partner AS n2, account AS n3, score AS n4, components AS n5 RETURN collect([n2, n3, n4, n5]) AS n6 } WITH n6, [COLLECT { UNWIND n6 AS n7 WITH n7[0] AS n2, n7[1] AS n3, n7[2] AS n4, n7[3] AS n5 WITH n2, n3, n4, n5 ORDER BY n4 DESC, n2.id, n3.id LIMIT $p2 RETURN [n4] }, CASE (size(n6) + 0) WHEN 0 THEN head(COLLECT { CALL (n1) { WITH n1 AS account WITH account, COLLECT {
  MATCH (account)-[u:USES]->(product:Product)
  WHERE (u.since IS NULL OR u.since <= $p1) AND (u.until IS NULL OR u.until > $p1)
  RETURN product.name AS name ORDER BY name
} AS products, COUNT {
  MATCH (account)<-[:IMPLEMENTS_FOR|RESELLS_TO|REFERRED|KNOWS]-(p:Partner) WHERE p.leftOn <= $p1
} AS former
RETURN CASE size(products)
    WHEN 0 THEN 'No product in use is known'
    ELSE 'It uses ' + reduce(text = head(products), name IN tail(products)[..9] | text + ', ' + name)
      + CASE WHEN size(products) > 10 THEN ' and ' + toString(size(products) - 10) + ' more' ELSE '' END
      + '; no present partner offers any of these or builds an integration that connects one of them'
  END
  + ', and no role, deal or account list joins it to a present partner'
  + CASE former WHEN 0 THEN '.' ELSE ' (' + toString(former) + ' former relations are with partners that left).' END AS reason } RETURN reason }) END, size(n6)] AS given RETURN given }] AS given RETURN given AS r, n1.id AS id;
MATCH (n1:Partner {id: $p0}) WITH n1 ORDER BY n1.id LIMIT 2 WITH n1, [head(COLLECT { CALL (n1) { WITH n1 AS partner CALL (partner) {
  MATCH (partner)-[t:TOUCHED]->(:Deal) WHERE t.on <= $p1 RETURN max(t.on) AS last
  UNION ALL
  MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) WHERE r.since <= $p1 RETURN max(r.since) AS last
  UNION ALL
  MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) WHERE c.on <= $p1 RETURN max(c.on) AS last
  UNION ALL
  MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) WHERE e.since <= $p1 RETURN max(e.since) AS last
}
WITH partner, max(last) AS last
RETURN CASE
    WHEN partner.leftOn <= $p1 THEN 'LEFT'
    WHEN NOT $hasDatedActivity THEN 'ACTIVE'
    WHEN last IS NULL THEN 'SIGNED'
    WHEN last > $p1 - duration({days: $activeWithin}) THEN 'ACTIVE'
    ELSE 'DORMANT'
  END AS status } RETURN status }), COLLECT { CALL (n1) { CALL (n1) { WITH n1 AS partner CALL (partner) {
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
RETURN partner, account, round(reduce(total = 0.0, c IN components | total + c.score * c.weight), 6) AS score, components } WITH partner AS n2, account AS n3, score AS n4, components AS n5 RETURN collect([n2, n3, n4, n5]) AS n6 } WITH n6, [COLLECT { UNWIND n6 AS n7 WITH n7[0] AS n2, n7[1] AS n3, n7[2] AS n4, n7[3] AS n5 WITH n2, n3, n4, n5 ORDER BY n4 DESC, n2.id, n3.id LIMIT $p2 RETURN [n4] }, CASE (size(n6) + 0) WHEN 0 THEN head(COLLECT { CALL (n1) { WITH n1 AS partner RETURN CASE
    WHEN partner.leftOn <= $p1 THEN 'It left the program on ' + toString(partner.leftOn) + '.'
    ELSE 'It offers ' + toString(COUNT { (partner)-[:OFFERS]->() }) + ' products and builds '
      + toString(COUNT { (partner)-[:BUILDS]->() })
      + ' integrations; no account is known to use what these offer or connect, and no role, deal or account list joins'
      + ' it to an account.'
  END AS reason } RETURN reason }) END] AS given RETURN given }] AS given RETURN given AS r, n1.id AS id;
