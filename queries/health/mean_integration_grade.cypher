// description: Mean grade (1 to 5) of the integrations available on a day that have one.
// parameters: asOf DATE
// columns: grade FLOAT
// mode: read
// allow: NodeByLabelScan
MATCH (integration:Integration)
WHERE (integration.launchedOn IS NULL OR integration.launchedOn <= $asOf)
  AND (integration.retiredOn IS NULL OR integration.retiredOn > $asOf)
RETURN avg(toFloat(integration.depth)) AS grade
