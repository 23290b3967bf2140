// description: Whether the stored partner graph, or one community of it, has more partners or ties than so many.
// parameters: values STRING, slot STRING, community INTEGER, communityAt INTEGER, xAt INTEGER, minWeight FLOAT, maxNodes INTEGER, maxEdges INTEGER
// columns: isCut BOOLEAN
// mode: read
// allow: NodeByLabelScan
RETURN COUNT {
    MATCH (partner:Partner)
    WHERE NOT isNaN(partner[$values][$xAt]) AND ($community IS NULL OR partner[$values][$communityAt] = $community)
  } > $maxNodes
  OR COUNT {
    MATCH (left:Partner)-[s:SHARES_WITH]->(right:Partner)
    WHERE s.slot = $slot AND s.weight >= $minWeight
      AND ($community IS NULL
        OR (left[$values][$communityAt] = $community AND right[$values][$communityAt] = $community))
  } > $maxEdges AS isCut
