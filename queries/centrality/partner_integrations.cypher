// description: The integrations that each present partner builds or has a product in, on a day, and since when, as year · 10000 + month · 100 + day, 0 for always.
// parameters: asOf DATE
// columns: partner STRING, integrations INTEGERS, since INTEGERS
// mode: read
// allow: NodeByLabelScan
MATCH (partner:Partner)
WHERE partner.leftOn IS NULL OR partner.leftOn > $asOf
CALL (partner) {
  MATCH (partner)-[b:BUILDS]->(integration:Integration)
  WHERE (b.since IS NULL OR b.since <= $asOf) AND (b.until IS NULL OR b.until > $asOf)
  RETURN integration
  UNION
  MATCH (partner)-[o:OFFERS]->(:Product)<-[c:CONNECTS]-(integration:Integration)
  WHERE (o.since IS NULL OR o.since <= $asOf) AND (o.until IS NULL OR o.until > $asOf)
    AND (c.since IS NULL OR c.since <= $asOf) AND (c.until IS NULL OR c.until > $asOf)
  RETURN integration
}
WITH partner, integration, integration.launchedOn AS since
WHERE (since IS NULL OR since <= $asOf) AND (integration.retiredOn IS NULL OR integration.retiredOn > $asOf)
WITH partner, id(integration) AS integration, coalesce(since.year * 10000 + since.month * 100 + since.day, 0) AS since
RETURN partner.id AS partner, collect(integration) AS integrations, collect(since) AS since
