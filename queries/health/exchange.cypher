// description: What partners exchange with each other on a day: available integrations that join products of two or more partners, deals credited to two or more, active accounts with partners of two or more types.
// parameters: asOf DATE, hasCustomerDates BOOLEAN
// columns: integrations INTEGER, deals INTEGER, accounts INTEGER
// mode: read
// allow: NodeByLabelScan, CartesianProduct
CALL () {
  MATCH (integration:Integration)
  WHERE (integration.launchedOn IS NULL OR integration.launchedOn <= $asOf)
    AND (integration.retiredOn IS NULL OR integration.retiredOn > $asOf)
    AND COUNT {
      MATCH (integration)-[c:CONNECTS]->(:Product)<-[o:OFFERS]-(partner:Partner)
      WHERE (c.since IS NULL OR c.since <= $asOf) AND (c.until IS NULL OR c.until > $asOf)
        AND (o.since IS NULL OR o.since <= $asOf) AND (o.until IS NULL OR o.until > $asOf)
      RETURN DISTINCT partner
    } >= 2
  RETURN count(integration) AS integrations
}
CALL () {
  MATCH (deal:Deal)
  WHERE (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
    AND COUNT { MATCH (deal)<-[:SOURCED|INFLUENCED]-(partner:Partner) RETURN DISTINCT partner } >= 2
  RETURN count(deal) AS deals
}
CALL () {
  MATCH (account:Account)
  WHERE ($hasCustomerDates AND account.customerSince <= $asOf AND (account.churnedOn IS NULL OR account.churnedOn > $asOf))
    OR (NOT $hasCustomerDates AND EXISTS {
      MATCH (account)-[u:USES]->(:Product)
      WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
    })
  WITH account, COLLECT {
    MATCH (account)-[h:HAS_PARTNER]->(partner:Partner)
    WHERE (h.since IS NULL OR h.since <= $asOf) AND (h.until IS NULL OR h.until > $asOf) AND h.sources <> ['LIST']
      AND (partner.leftOn IS NULL OR partner.leftOn > $asOf)
    RETURN DISTINCT partner
  } AS partners
  WHERE size(partners) >= 2 AND COUNT { UNWIND partners AS partner UNWIND partner.types AS type RETURN DISTINCT type } >= 2
  RETURN count(account) AS accounts
}
RETURN integrations, deals, accounts
