// description: Whether the stored partner graph, or one community of it, has more partners or ties than so many.
// parameters: values STRING, slot STRING, community INTEGER, communityAt INTEGER, xAt INTEGER, minWeight FLOAT, maxNodes INTEGER, maxEdges INTEGER
// columns: isCut BOOLEAN
// mode: read
// allow: NodeByLabelScan
CALL () {
  MATCH (partner:Partner)
  WITH partner[$values] AS found
  WHERE found IS NOT NULL AND NOT isNaN(found[$xAt]) AND ($community IS NULL OR found[$communityAt] = $community)
  RETURN count(*) AS partners
}
CALL () {
  MATCH (left:Partner)-[s:SHARES_WITH]->(right:Partner)
  WHERE s.slot = $slot AND s.weight >= $minWeight
    AND ($community IS NULL
      OR (left[$values][$communityAt] = $community AND right[$values][$communityAt] = $community))
  RETURN count(*) AS ties
}
RETURN partners > $maxNodes OR ties > $maxEdges AS isCut
