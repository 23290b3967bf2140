// description: How many integrations are available on a day.
// parameters: asOf DATE
// columns: integrations INTEGER
// mode: read
// allow: NodeByLabelScan
MATCH (integration:Integration)
WHERE (integration.launchedOn IS NULL OR integration.launchedOn <= $asOf)
  AND (integration.retiredOn IS NULL OR integration.retiredOn > $asOf)
RETURN count(integration) AS integrations
