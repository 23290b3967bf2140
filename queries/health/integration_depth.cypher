// description: Integration depth, 0 to 1: over accounts with two or more used products that available integrations join, the mean share of those integrations that is enabled.
// parameters: asOf DATE
// columns: depth FLOAT
// mode: read
// allow: NodeByLabelScan
MATCH (account:Account)
WHERE COUNT {
  MATCH (account)-[u:USES]->(:Product)
  WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
} >= 2
CALL (account) {
  MATCH (account)-[u:USES]->(product:Product)<-[c:CONNECTS]-(integration:Integration)
  WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
    AND (c.since IS NULL OR c.since <= $asOf) AND (c.until IS NULL OR c.until > $asOf)
    AND (integration.launchedOn IS NULL OR integration.launchedOn <= $asOf)
    AND (integration.retiredOn IS NULL OR integration.retiredOn > $asOf)
  WITH account, integration, count(DISTINCT product) AS joined
  WHERE joined >= 2
  RETURN count(integration) AS available, sum(CASE WHEN EXISTS {
      MATCH (account)-[e:ENABLED]->(integration)
      WHERE (e.since IS NULL OR e.since <= $asOf) AND (e.until IS NULL OR e.until > $asOf)
    } THEN 1 ELSE 0 END) AS enabled
}
WITH account, available, enabled
WHERE available > 0
WITH account.id AS id, toFloat(enabled) / available AS depth
ORDER BY id
RETURN avg(depth) AS depth
