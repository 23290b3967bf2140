CALL () { CALL () { CALL () {
  WITH 1 AS one
  WHERE $p1 IS NOT NULL
  MATCH (partner:Partner {id: $p1})
  RETURN partner
  UNION
  WITH 1 AS one
  WHERE $p1 IS NULL
  MATCH (partner:Partner)
  RETURN partner
}
MATCH (partner)-[k:KNOWS]->(account:Account)
UNWIND [k.since, k.until] AS day
WITH DISTINCT partner, account, day
WHERE day >= $p2 AND day <= $today
WITH partner, account, day, day - duration({days: 1}) AS eve
CALL (partner, account, eve) { WITH partner AS partner, account AS account, eve AS day RETURN head(COLLECT {
  MATCH (partner)-[k:KNOWS]->(account)
  WHERE (k.since IS NULL OR k.since <= day) AND (k.until IS NULL OR k.until > day)
  RETURN k.population AS population
  ORDER BY CASE k.population WHEN 'CUSTOMER' THEN 0 WHEN 'OPPORTUNITY' THEN 1 ELSE 2 END
  LIMIT 1
}) AS population }
WITH partner, account, day, population AS before
CALL (partner, account, day) { WITH partner AS partner, account AS account, day AS day RETURN head(COLLECT {
  MATCH (partner)-[k:KNOWS]->(account)
  WHERE (k.since IS NULL OR k.since <= day) AND (k.until IS NULL OR k.until > day)
  RETURN k.population AS population
  ORDER BY CASE k.population WHEN 'CUSTOMER' THEN 0 WHEN 'OPPORTUNITY' THEN 1 ELSE 2 END
  LIMIT 1
}) AS population }
WITH partner, account, day, before, population AS after
WHERE (before IS NULL) <> (after IS NULL) OR before <> after
RETURN account, partner, coalesce(after, before) AS population, toString(day) AS day,
       CASE WHEN before IS NULL THEN 'APPEARED' WHEN after IS NULL THEN 'LEFT' ELSE 'MOVED' END AS kind } WITH account AS n1, partner AS n2, population AS n3, day AS n4, kind AS n5 WITH n1, n2, n3, n4, n5 ORDER BY n4 DESC, n2.id, n1.id LIMIT $p0 RETURN collect([n1.id, n5, n2.id, n3, n4]) AS n6 } RETURN [n6] AS r;
CALL () { CALL () { CALL () { CALL () {
  WITH 1 AS one
  WHERE $p2 = 'THEIRS'
  MATCH (:Partner {id: $p1})-[k:KNOWS]->(account:Account)
  WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
  RETURN DISTINCT account
  UNION
  WITH 1 AS one
  WHERE $p2 = 'OURS'
  MATCH (partner:Partner {id: $p1})
  MATCH (account:Account)
  WHERE NOT EXISTS {
    MATCH (partner)-[k:KNOWS]->(account)
    WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
  }
  RETURN account
}
CALL (account) { WITH account AS account RETURN CASE
    WHEN account.customerSince <= $asOf AND (account.churnedOn IS NULL OR account.churnedOn > $asOf) THEN 'CUSTOMER'
    WHEN EXISTS {
      MATCH (account)<-[:WITH]-(deal:Deal)
      WHERE (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
        AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $asOf)
    } THEN 'OPPORTUNITY'
    WHEN EXISTS {
      MATCH (account)<-[k:KNOWS]-(:Company)
      WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
    } THEN 'PROSPECT'
  END AS population }
WITH account AS it, population
WHERE (population IS NULL) = ($p2 = 'THEIRS')
RETURN it } WITH it AS n1 WHERE n1.segment = $p3 RETURN collect([n1]) AS n2 } RETURN [[COLLECT { UNWIND n2 AS n3 WITH n3[0] AS n1 WITH n1 ORDER BY n1.id LIMIT $p0 RETURN [n1.id] }, size(n2)]] AS n4 } RETURN [n4] AS r;
CALL () { CALL () { CALL () { MATCH (seller:Partner {id: $p1})
CALL (seller) { WITH seller AS partner CALL (partner) {
  MATCH (partner)-[r:IMPLEMENTS_FOR|RESELLS_TO|REFERRED]->(account:Account)
  WHERE (r.since IS NULL OR r.since <= $asOf) AND (r.until IS NULL OR r.until > $asOf)
  RETURN account, 'ROLE' AS kind, 1 AS place, 0.25 AS weight, account AS because,
         CASE type(r) WHEN 'IMPLEMENTS_FOR' THEN 0.6 WHEN 'RESELLS_TO' THEN 0.3 ELSE 0.2 END AS part
  UNION ALL
  MATCH (partner)-[o:OFFERS]->(product:Product)<-[u:USES]-(account:Account)
  WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
    AND (o.since IS NULL OR o.since <= $asOf) AND (o.until IS NULL OR o.until > $asOf)
  RETURN account, 'PRODUCT' AS kind, 2 AS place, 0.2 AS weight, product AS because, 0.3 AS part
  UNION ALL
  MATCH (partner)-[b:BUILDS]->(integration:Integration)<-[e:ENABLED]-(account:Account)
  WHERE (e.since IS NULL OR e.since <= $asOf) AND (e.until IS NULL OR e.until > $asOf)
    AND (b.since IS NULL OR b.since <= $asOf) AND (b.until IS NULL OR b.until > $asOf)
  RETURN account, 'INTEGRATION' AS kind, 3 AS place, 0.25 AS weight, integration AS because, 0.5 AS part
  UNION ALL
  MATCH (partner)-[b:BUILDS]->(integration:Integration)-[c:CONNECTS]->(used:Product)<-[u:USES]-(account:Account)
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
  WITH DISTINCT account, integration
  RETURN account, 'REINFORCEMENT' AS kind, 4 AS place, 0.15 AS weight, integration AS because,
         0.08 * coalesce(integration.depth, 2) AS part
  UNION ALL
  MATCH (partner)-[credit:SOURCED|INFLUENCED]->(deal:Deal)-[:WITH]->(account:Account)
  WHERE deal.status <> 'LOST' AND (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
  RETURN account, 'DEAL' AS kind, 5 AS place, 0.1 AS weight, deal AS because,
         CASE type(credit) WHEN 'SOURCED' THEN 0.5 ELSE 0.3 END AS part
  UNION ALL
  MATCH (partner)-[k:KNOWS]->(account:Account)
  WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
  RETURN account, 'SHARED_CUSTOMER' AS kind, 6 AS place, 0.05 AS weight, account AS because,
         CASE k.population WHEN 'CUSTOMER' THEN 0.6 WHEN 'OPPORTUNITY' THEN 0.3 ELSE 0.1 END AS part
}
WITH account, partner, place, kind, weight, because, part
WHERE partner.leftOn IS NULL OR partner.leftOn > $asOf
ORDER BY account.id, place, part, because.id
WITH account, partner, place, kind, weight,
     round(1.0 - reduce(rest = 1.0, x IN collect(part) | rest * (1.0 - x)), 6) AS share, collect(DISTINCT because) AS because
ORDER BY account.id, place
WITH account, partner, collect({kind: kind, score: share, weight: weight, because: because}) AS components
RETURN partner, account, round(reduce(total = 0.0, c IN components | total + c.score * c.weight), 6) AS score, components }
WITH account AS it, seller, score AS strength, components
CALL (it) { WITH it AS account RETURN CASE
    WHEN account.customerSince <= $asOf AND (account.churnedOn IS NULL OR account.churnedOn > $asOf) THEN 'CUSTOMER'
    WHEN EXISTS {
      MATCH (account)<-[:WITH]-(deal:Deal)
      WHERE (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
        AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $asOf)
    } THEN 'OPPORTUNITY'
    WHEN EXISTS {
      MATCH (account)<-[k:KNOWS]-(:Company)
      WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
    } THEN 'PROSPECT'
  END AS population }
WITH it, seller, strength, components, $asOf AS day, population AS ours
CALL (seller, it, day) { WITH seller AS partner, it AS account, day AS day RETURN head(COLLECT {
  MATCH (partner)-[k:KNOWS]->(account)
  WHERE (k.since IS NULL OR k.since <= day) AND (k.until IS NULL OR k.until > day)
  RETURN k.population AS population
  ORDER BY CASE k.population WHEN 'CUSTOMER' THEN 0 WHEN 'OPPORTUNITY' THEN 1 ELSE 2 END
  LIMIT 1
}) AS population }
WITH it, strength, components, ours, population AS theirs, COLLECT {
  MATCH (it)<-[:WITH]-(deal:Deal)
  WHERE (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
    AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $asOf)
  RETURN deal ORDER BY deal.id
} AS deals
WHERE ours IN ['OPPORTUNITY', 'PROSPECT'] OR size(deals) > 0
WITH it, strength, ours, theirs, deals, components,
     reduce(sum = 0.0, deal IN deals | sum + coalesce(deal.amount * $p2[deal.amountCurrency], 0.0)) AS value
RETURN it, [it] AS accounts, round(strength * CASE WHEN value > 0 THEN value ELSE 1.0 END, 6) AS score, strength, ours, theirs,
       reduce(found = [], component IN components |
         found + [node IN component.because WHERE NOT node IN found]) + deals AS because } WITH it AS n1, accounts AS n2, score AS n3, strength AS n4, ours AS n5, theirs AS n6, because AS n7 WHERE n1.segment = $p3 RETURN collect([n1, n2, n3, n4, n5, n6, n7]) AS n8 } WITH n8, [COLLECT { UNWIND n8 AS n9 WITH n9[0] AS n1, n9[1] AS n2, n9[2] AS n3, n9[3] AS n4, n9[4] AS n5, n9[5] AS n6, n9[6] AS n7 WITH n1, n2, n3, n4, n5, n6, n7 ORDER BY n3 DESC, n1.id LIMIT $p0 WITH n1, n2, n3, n4, n5, n6, n7, [n1.id, COLLECT { UNWIND n7 AS n10 RETURN CASE WHEN n10:Account THEN ['Account', n10.id] WHEN n10:Deal THEN ['Deal', n10.id] WHEN n10:Integration THEN ['Integration', n10.id] WHEN n10:Partner THEN ['Partner', n10.id] WHEN n10:Product THEN ['Product', n10.id] END }, COLLECT { CALL (n2) { WITH n2 AS accounts UNWIND accounts AS account
MATCH (account)<-[:WITH]-(deal:Deal)
WHERE deal.amount IS NOT NULL AND (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
  AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $asOf)
WITH DISTINCT deal
RETURN sum(deal.amount) AS minor, deal.amountCurrency AS currency
ORDER BY currency } WITH minor AS n11, currency AS n12 RETURN [[n11, n12], n12] }, n5, n3, n4, n6] AS given RETURN given }, size(n8)] AS given RETURN [given] AS n13 } RETURN [n13] AS r;
CALL () { CALL () { MATCH (account:Account)-[u:USES]->(product:Product)
WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
  AND NOT coalesce(product.isPlatform, false)
CALL (account) { WITH account AS account RETURN CASE $hasCustomerDates
    WHEN true THEN coalesce(account.customerSince <= $asOf AND (account.churnedOn IS NULL OR account.churnedOn > $asOf), false)
    ELSE EXISTS {
      MATCH (account)-[u:USES]->(:Product)
      WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
    }
  END AS isActive }
WITH account, product, isActive
WHERE isActive
WITH product, collect(DISTINCT account) AS users
OPTIONAL MATCH (product)<-[o:OFFERS]-(vendor:Partner|Company)
WHERE (o.since IS NULL OR o.since <= $asOf) AND (o.until IS NULL OR o.until > $asOf)
WITH product, users, coalesce(vendor, product) AS vendor
WHERE NOT vendor:Company
WITH vendor, product, users ORDER BY product.id
WITH vendor, CASE WHEN vendor:Partner THEN vendor END AS partner, collect(product) AS products, collect(users) AS groups
CALL (partner) { WITH partner AS partner CALL (partner) {
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
  END AS status }
WITH vendor, products, groups, partner, status
WHERE partner IS NULL OR status <> 'ACTIVE' OR (
  NOT $hasDatedActivity AND partner.joinedOn IS NULL AND EXISTS { MATCH (other:Partner) WHERE other.joinedOn IS NOT NULL }
)
UNWIND groups AS some
UNWIND some AS account
WITH vendor, products, partner, account, count(*) AS used
ORDER BY used DESC, account.id
WITH vendor, products, partner, collect(account) AS users
RETURN vendor.id AS id, vendor.name AS company, products, size(users) AS accounts, users, CASE WHEN partner IS NULL THEN [] ELSE [partner] END + users[..5] AS because } WITH id AS n1, company AS n2, products AS n3, accounts AS n4, users AS n5, because AS n6 WITH n1, n2, n3, n4, n5, n6 ORDER BY n4 DESC, n2, n1 LIMIT $p0 WITH n1, n2, n3, n4, n5, n6, [n4, COLLECT { CALL (n5) { WITH n5 AS accounts UNWIND accounts AS account
WITH account
WHERE account.arr IS NOT NULL AND (account.churnedOn IS NULL OR account.churnedOn > $asOf)
RETURN sum(account.arr) AS minor, account.arrCurrency AS currency
ORDER BY currency } WITH minor AS n7, currency AS n8 RETURN [[n7, n8], n8] }, COLLECT { UNWIND n6 AS n9 RETURN CASE WHEN n9:Account THEN ['Account', n9.id] WHEN n9:Deal THEN ['Deal', n9.id] WHEN n9:Integration THEN ['Integration', n9.id] WHEN n9:Partner THEN ['Partner', n9.id] WHEN n9:Product THEN ['Product', n9.id] END }, n2, COLLECT { UNWIND n3 AS n10 RETURN [n10.id] }] AS given RETURN collect(given) AS n11 } RETURN [n11] AS r;
MATCH (entry:HistoryEntry {attribute: 'rate'})
WHERE entry.on <= $asOf
WITH entry ORDER BY entry.on DESC
RETURN entry.from AS source, entry.to AS target, head(collect(entry.rate)) AS rate;
RETURN [COLLECT { CALL () { UNWIND $p0 AS id
MATCH (partner:Partner {id: id})-[k:KNOWS]->(account:Account)
WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
WITH DISTINCT account, partner, $asOf AS day
CALL (partner, account, day) { WITH partner AS partner, account AS account, day AS day RETURN head(COLLECT {
  MATCH (partner)-[k:KNOWS]->(account)
  WHERE (k.since IS NULL OR k.since <= day) AND (k.until IS NULL OR k.until > day)
  RETURN k.population AS population
  ORDER BY CASE k.population WHEN 'CUSTOMER' THEN 0 WHEN 'OPPORTUNITY' THEN 1 ELSE 2 END
  LIMIT 1
}) AS population }
WITH account, partner, population
ORDER BY partner.id
WITH account, collect(partner) AS partners, collect(population) AS populations
CALL (account) { WITH account AS account RETURN CASE
    WHEN account.customerSince <= $asOf AND (account.churnedOn IS NULL OR account.churnedOn > $asOf) THEN 'CUSTOMER'
    WHEN EXISTS {
      MATCH (account)<-[:WITH]-(deal:Deal)
      WHERE (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
        AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $asOf)
    } THEN 'OPPORTUNITY'
    WHEN EXISTS {
      MATCH (account)<-[k:KNOWS]-(:Company)
      WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
    } THEN 'PROSPECT'
  END AS population }
WITH account, partners, populations, CASE WHEN $p1 THEN population END AS ours
WHERE $p2 IS NULL
   OR ((ours IS NULL OR ours IN $p2) AND all(population IN populations WHERE population IN $p2))
WITH partners, populations, ours, collect(account) AS accounts
ORDER BY CASE ours WHEN 'CUSTOMER' THEN 0 WHEN 'OPPORTUNITY' THEN 1 WHEN 'PROSPECT' THEN 2 ELSE 3 END,
         size(partners) DESC, [partner IN partners | partner.id], populations
RETURN partners, ours, [at IN range(0, size(partners) - 1) | {partner: partners[at], population: populations[at]}] AS theirs,
       accounts } WITH partners AS n1, ours AS n2, theirs AS n3, accounts AS n4 RETURN [size(n4), n2] }] AS r;
RETURN [COLLECT { CALL () { UNWIND $p0 AS id
MATCH (partner:Partner {id: id})-[k:KNOWS]->(account:Account)
WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
WITH DISTINCT account, partner, $asOf AS day
CALL (partner, account, day) { WITH partner AS partner, account AS account, day AS day RETURN head(COLLECT {
  MATCH (partner)-[k:KNOWS]->(account)
  WHERE (k.since IS NULL OR k.since <= day) AND (k.until IS NULL OR k.until > day)
  RETURN k.population AS population
  ORDER BY CASE k.population WHEN 'CUSTOMER' THEN 0 WHEN 'OPPORTUNITY' THEN 1 ELSE 2 END
  LIMIT 1
}) AS population }
WITH account, partner, population
ORDER BY partner.id
WITH account, collect(partner) AS partners, collect(population) AS populations
CALL (account) { WITH account AS account RETURN CASE
    WHEN account.customerSince <= $asOf AND (account.churnedOn IS NULL OR account.churnedOn > $asOf) THEN 'CUSTOMER'
    WHEN EXISTS {
      MATCH (account)<-[:WITH]-(deal:Deal)
      WHERE (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
        AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $asOf)
    } THEN 'OPPORTUNITY'
    WHEN EXISTS {
      MATCH (account)<-[k:KNOWS]-(:Company)
      WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
    } THEN 'PROSPECT'
  END AS population }
WITH account, partners, populations, CASE WHEN $p1 THEN population END AS ours
WHERE $p2 IS NULL
   OR ((ours IS NULL OR ours IN $p2) AND all(population IN populations WHERE population IN $p2))
WITH partners, populations, ours, collect(account) AS accounts
ORDER BY CASE ours WHEN 'CUSTOMER' THEN 0 WHEN 'OPPORTUNITY' THEN 1 WHEN 'PROSPECT' THEN 2 ELSE 3 END,
         size(partners) DESC, [partner IN partners | partner.id], populations
RETURN partners, ours, [at IN range(0, size(partners) - 1) | {partner: partners[at], population: populations[at]}] AS theirs,
       accounts } WITH partners AS n1, ours AS n2, theirs AS n3, accounts AS n4 WITH n1, n2, n3, n4, [COLLECT { UNWIND n4 AS n5 WITH n5, null AS n6 WITH n5, n6 ORDER BY n5.name, n5.id LIMIT $p3 RETURN [n5.id, [$p4, n5.name, n5.id]] }, COUNT { UNWIND n4 AS n5 WITH n5, null AS n6 RETURN 1 AS one }, COLLECT { CALL (n4) { WITH n4 AS accounts UNWIND accounts AS account
WITH account
WHERE account.arr IS NOT NULL AND (account.churnedOn IS NULL OR account.churnedOn > $asOf)
RETURN sum(account.arr) AS minor, account.arrCurrency AS currency
ORDER BY currency } WITH minor AS n7, currency AS n8 RETURN [[n7, n8], n8] }, size(n4), false, COLLECT { CALL (n4) { WITH n4 AS accounts UNWIND accounts AS account
MATCH (account)<-[:WITH]-(deal:Deal)
WHERE deal.amount IS NOT NULL AND (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
  AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $asOf)
WITH DISTINCT deal
RETURN sum(deal.amount) AS minor, deal.amountCurrency AS currency
ORDER BY currency } WITH minor AS n9, currency AS n10 RETURN [[n9, n10], n10] }, n2, COLLECT { UNWIND n1 AS n11 RETURN [n11.id] }, COLLECT { UNWIND n3 AS n12 RETURN [head(COLLECT { UNWIND [n12.partner] AS n13 WITH n13 ORDER BY n13.id LIMIT 1 RETURN [n13.id] }), n12.population] }] AS given RETURN given }] AS r;
