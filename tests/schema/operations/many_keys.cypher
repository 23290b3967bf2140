CALL () { CALL () { CALL () { MATCH (partner:Partner)
WHERE partner.id IN $p1
MATCH (partner)<-[h:HAS_PARTNER]-(account:Account)
WHERE (h.since IS NULL OR h.since <= $asOf) AND (h.until IS NULL OR h.until > $asOf)
WITH account AS it, count(DISTINCT partner) AS sharing
WHERE sharing >= $p2
RETURN it } WITH it AS n1 WHERE (n1.segment IS NULL OR n1.segment <> $p3) RETURN collect([n1]) AS n2 } RETURN [[COLLECT { UNWIND n2 AS n3 WITH n3[0] AS n1 WITH n1 ORDER BY n1.id LIMIT $p0 RETURN [n1.id] }, size(n2)]] AS n4 } RETURN [n4] AS r;
CALL () { CALL () { MATCH (partner:Partner)
WHERE partner.id IN $p1
MATCH (partner)<-[h:HAS_PARTNER]-(account:Account)
WHERE (h.since IS NULL OR h.since <= $asOf) AND (h.until IS NULL OR h.until > $asOf)
WITH account AS it, count(DISTINCT partner) AS sharing
WHERE sharing >= $p2
RETURN it } WITH it AS n1 WITH n1 ORDER BY n1.name DESC, n1.id LIMIT $p0 RETURN collect([n1.id]) AS n2 } RETURN [n2] AS r;
CALL () { UNWIND range(0, size($p0) - 1) AS n1 CALL (n1) { CALL (n1) { MATCH (n2:Account {id: $p0[n1][0]}) RETURN n2 UNION MATCH (:Domain {name: $p0[n1][1]})<-[:HAS_DOMAIN]-(n2:Account) RETURN n2 UNION MATCH (:ExternalId {id: $p0[n1][2]})<-[:HAS_EXTERNAL_ID]-(n2:Account) RETURN n2 } WITH n2 ORDER BY n2.id RETURN collect(n2)[..2] AS n3 } WITH n1, n3, head(n3) AS n2 ORDER BY n1 RETURN collect(CASE WHEN n2 IS NULL THEN [null] ELSE [n2.id, COLLECT { MATCH (n2)-[n5:USES]->(n4:Product) WHERE (n5.since IS NULL OR n5.since <= $asOf) AND (n5.until IS NULL OR n5.until > $asOf) WITH n4, n5 ORDER BY n4.id, n5.key LIMIT $p1 RETURN [n4.id] }] END) AS r, head(collect(CASE size(n3) WHEN 2 THEN [n IN n3 | n.id] END)) AS two } RETURN [r] AS r, two;
MATCH (n1:Account {id: $p0}) WITH n1 ORDER BY n1.id LIMIT 2 WITH n1, [COLLECT { CALL (n1) { CALL (n1) { WITH n1 AS account CALL (account) {
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
RETURN partner, account, round(reduce(total = 0.0, c IN components | total + c.score * c.weight), 6) AS score, components } WITH partner AS n2, account AS n3, score AS n4, components AS n5 WHERE any(component IN n5 WHERE component.kind IN $p2) AND $p3 IN coalesce(n2.types, []) AND n4 > $p4 RETURN collect([n2, n3, n4, n5]) AS n6 } WITH n6, [COLLECT { UNWIND n6 AS n7 WITH n7[0] AS n2, n7[1] AS n3, n7[2] AS n4, n7[3] AS n5 WITH n2, n3, n4, n5 ORDER BY n4 DESC, n2.id, n3.id LIMIT $p1 RETURN [n2.id] }, CASE (size(n6) + 0) WHEN 0 THEN CASE COUNT { CALL (n1) { WITH n1 AS account CALL (account) {
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
RETURN partner, account, round(reduce(total = 0.0, c IN components | total + c.score * c.weight), 6) AS score, components } WITH partner AS n2, account AS n3, score AS n4, components AS n5 RETURN 1 AS one } + 0 WHEN 0 THEN head(COLLECT { CALL (n1) { WITH n1 AS account WITH account, COLLECT {
  MATCH (account)-[u:USES]->(product:Product)
  WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
  RETURN product.name AS name ORDER BY name
} AS products, COUNT {
  MATCH (account)<-[:IMPLEMENTS_FOR|RESELLS_TO|REFERRED|KNOWS]-(p:Partner) WHERE p.leftOn <= $asOf
} AS former
RETURN CASE size(products)
    WHEN 0 THEN 'No product in use is known'
    ELSE 'It uses ' + reduce(text = head(products), name IN tail(products)[..9] | text + ', ' + name)
      + CASE WHEN size(products) > 10 THEN ' and ' + toString(size(products) - 10) + ' more' ELSE '' END
      + '; no present partner offers any of these or builds an integration that connects one of them'
  END
  + ', and no role, deal or account list joins it to a present partner'
  + CASE former WHEN 0 THEN '.' ELSE ' (' + toString(former) + ' former relations are with partners that left).' END AS reason } RETURN reason }) ELSE 'The filter lets none through.' END END, size(n6)] AS given RETURN given }] AS given RETURN given AS r, n1.id AS id;
MATCH (n1:Account {id: $p0}) WITH n1 ORDER BY n1.id LIMIT 2 WITH n1, [COLLECT { CALL (n1) { CALL (n1) { WITH n1 AS account CALL (account) {
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
RETURN partner, account, round(reduce(total = 0.0, c IN components | total + c.score * c.weight), 6) AS score, components } WITH partner AS n2, account AS n3, score AS n4, components AS n5 WHERE n4 > $p2 RETURN collect([n2, n3, n4, n5]) AS n6 } WITH n6, [COLLECT { UNWIND n6 AS n7 WITH n7[0] AS n2, n7[1] AS n3, n7[2] AS n4, n7[3] AS n5 WITH n2, n3, n4, n5 ORDER BY n4 DESC, n2.id, n3.id LIMIT $p1 RETURN [n4] }, CASE (size(n6) + 0) WHEN 0 THEN CASE COUNT { CALL (n1) { WITH n1 AS account CALL (account) {
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
RETURN partner, account, round(reduce(total = 0.0, c IN components | total + c.score * c.weight), 6) AS score, components } WITH partner AS n2, account AS n3, score AS n4, components AS n5 RETURN 1 AS one } + 0 WHEN 0 THEN head(COLLECT { CALL (n1) { WITH n1 AS account WITH account, COLLECT {
  MATCH (account)-[u:USES]->(product:Product)
  WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
  RETURN product.name AS name ORDER BY name
} AS products, COUNT {
  MATCH (account)<-[:IMPLEMENTS_FOR|RESELLS_TO|REFERRED|KNOWS]-(p:Partner) WHERE p.leftOn <= $asOf
} AS former
RETURN CASE size(products)
    WHEN 0 THEN 'No product in use is known'
    ELSE 'It uses ' + reduce(text = head(products), name IN tail(products)[..9] | text + ', ' + name)
      + CASE WHEN size(products) > 10 THEN ' and ' + toString(size(products) - 10) + ' more' ELSE '' END
      + '; no present partner offers any of these or builds an integration that connects one of them'
  END
  + ', and no role, deal or account list joins it to a present partner'
  + CASE former WHEN 0 THEN '.' ELSE ' (' + toString(former) + ' former relations are with partners that left).' END AS reason } RETURN reason }) ELSE 'The filter lets none through.' END END] AS given RETURN given }] AS given RETURN given AS r, n1.id AS id;
