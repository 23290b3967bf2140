RETURN [head(COLLECT { CALL () { MATCH (account:Account)
WHERE ($hasCustomerDates AND account.customerSince <= $p0 AND (account.churnedOn IS NULL OR account.churnedOn > $p0))
  OR (NOT $hasCustomerDates AND EXISTS {
    MATCH (account)-[u:USES]->(:Product)
    WHERE (u.since IS NULL OR u.since <= $p0) AND (u.until IS NULL OR u.until > $p0)
  })
RETURN count(account) AS accounts } RETURN accounts }), head(COLLECT { CALL () { MATCH (integration:Integration)
WHERE (integration.launchedOn IS NULL OR integration.launchedOn <= $p0)
  AND (integration.retiredOn IS NULL OR integration.retiredOn > $p0)
RETURN count(integration) AS integrations } RETURN integrations }), head(COLLECT { CALL () { MATCH (partner:Partner)
WHERE (partner.joinedOn IS NULL OR partner.joinedOn <= $p0)
  AND (partner.leftOn IS NULL OR partner.leftOn > $p0)
  AND (NOT $hasDatedActivity
    OR EXISTS { MATCH (partner)-[t:TOUCHED]->(:Deal) WHERE t.on <= $p0 AND t.on > $p0 - duration({days: $p1}) }
    OR EXISTS { MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) WHERE r.since <= $p0 AND r.since > $p0 - duration({days: $p1}) }
    OR EXISTS { MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) WHERE c.on <= $p0 AND c.on > $p0 - duration({days: $p1}) }
    OR EXISTS { MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) WHERE e.since <= $p0 AND e.since > $p0 - duration({days: $p1}) })
RETURN count(partner) AS partners } RETURN partners }), head(COLLECT { CALL () { MATCH (partner:Partner)
WHERE (partner.joinedOn IS NULL OR partner.joinedOn <= $p0) AND (partner.leftOn IS NULL OR partner.leftOn > $p0)
RETURN count(partner) AS partners } RETURN partners })] AS r;
RETURN [head(COLLECT { CALL () { MATCH (account:Account)
WHERE ($hasCustomerDates AND account.customerSince <= $p0 AND (account.churnedOn IS NULL OR account.churnedOn > $p0))
  OR (NOT $hasCustomerDates AND EXISTS {
    MATCH (account)-[u:USES]->(:Product)
    WHERE (u.since IS NULL OR u.since <= $p0) AND (u.until IS NULL OR u.until > $p0)
  })
RETURN count(account) AS accounts } RETURN accounts }), head(COLLECT { CALL () { MATCH (integration:Integration)
WHERE (integration.launchedOn IS NULL OR integration.launchedOn <= $p0)
  AND (integration.retiredOn IS NULL OR integration.retiredOn > $p0)
RETURN count(integration) AS integrations } RETURN integrations }), head(COLLECT { CALL () { MATCH (partner:Partner)
WHERE (partner.joinedOn IS NULL OR partner.joinedOn <= $p0)
  AND (partner.leftOn IS NULL OR partner.leftOn > $p0)
  AND (NOT $hasDatedActivity
    OR EXISTS { MATCH (partner)-[t:TOUCHED]->(:Deal) WHERE t.on <= $p0 AND t.on > $p0 - duration({days: $p1}) }
    OR EXISTS { MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) WHERE r.since <= $p0 AND r.since > $p0 - duration({days: $p1}) }
    OR EXISTS { MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) WHERE c.on <= $p0 AND c.on > $p0 - duration({days: $p1}) }
    OR EXISTS { MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) WHERE e.since <= $p0 AND e.since > $p0 - duration({days: $p1}) })
RETURN count(partner) AS partners } RETURN partners }), toString($p0), head(COLLECT { MATCH (c:Company) RETURN c.name AS name ORDER BY name LIMIT 1 }), coalesce(head(COLLECT { MATCH (e:Ecograph {id: 'ecograph'}) RETURN e.isSynthetic }), false), head(COLLECT { CALL () { MATCH (integration:Integration)
WHERE (integration.launchedOn IS NULL OR integration.launchedOn <= $p0)
  AND (integration.retiredOn IS NULL OR integration.retiredOn > $p0)
RETURN avg(toFloat(integration.depth)) AS grade } RETURN grade }), COLLECT { CALL () { MATCH (deal:Deal {status: 'WON'})
WHERE deal.amount IS NOT NULL AND (deal.closedOn >= $p2 OR $p2 IS NULL) AND (deal.closedOn < $p3 OR deal.closedOn IS NULL)
  AND EXISTS { (:Partner)-[:INFLUENCED]->(deal) }
RETURN sum(deal.amount) AS minor, deal.amountCurrency AS currency
ORDER BY currency } WITH minor AS n1, currency AS n2 RETURN [[n1, n2], n2] }, COLLECT { CALL () { MATCH (deal:Deal)
WHERE deal.amount IS NOT NULL AND (deal.openedOn IS NULL OR deal.openedOn <= $p0)
  AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $p0)
  AND EXISTS { (:Partner)-[:SOURCED]->(deal) }
RETURN sum(deal.amount) AS minor, deal.amountCurrency AS currency
ORDER BY currency } WITH minor AS n3, currency AS n4 RETURN [[n3, n4], n4] }, COLLECT { CALL () { MATCH (deal:Deal {status: 'WON'})
WHERE deal.amount IS NOT NULL AND (deal.closedOn >= $p4 OR $p4 IS NULL) AND (deal.closedOn < $p5 OR deal.closedOn IS NULL)
  AND EXISTS { (:Partner)-[:SOURCED]->(deal) }
RETURN sum(deal.amount) AS minor, deal.amountCurrency AS currency
ORDER BY currency } WITH minor AS n5, currency AS n6 RETURN [[n5, n6], n6] }, COLLECT { CALL () { MATCH (deal:Deal {status: 'WON'})
WHERE deal.amount IS NOT NULL AND (deal.closedOn >= $p6 OR $p6 IS NULL) AND (deal.closedOn < $p7 OR deal.closedOn IS NULL)
  AND EXISTS { (:Partner)-[:SOURCED]->(deal) }
RETURN sum(deal.amount) AS minor, deal.amountCurrency AS currency
ORDER BY currency } WITH minor AS n7, currency AS n8 RETURN [[n7, n8], n8] }, COLLECT { CALL () { MATCH (partner:Partner)
WHERE (partner.joinedOn IS NULL OR partner.joinedOn <= $p0) AND (partner.leftOn IS NULL OR partner.leftOn > $p0)
UNWIND partner.types AS type
RETURN type, count(partner) AS partners
ORDER BY type } WITH type AS n9, partners AS n10 RETURN [n10, n9] }, head(COLLECT { CALL () { MATCH (partner:Partner)
WHERE (partner.joinedOn IS NULL OR partner.joinedOn <= $p0) AND (partner.leftOn IS NULL OR partner.leftOn > $p0)
RETURN count(partner) AS partners } RETURN partners }), COLLECT { CALL () { MATCH (deal:Deal {status: 'WON'})
WHERE deal.amount IS NOT NULL AND (deal.closedOn >= $p8 OR $p8 IS NULL) AND (deal.closedOn < $p9 OR deal.closedOn IS NULL)
RETURN sum(deal.amount) AS minor, deal.amountCurrency AS currency
ORDER BY currency } WITH minor AS n11, currency AS n12 RETURN [[n11, n12], n12] }] AS r;
