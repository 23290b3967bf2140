// description: Ties of the stored partner graph among the partners of one community or among all, not lighter than so much, at most so many, the heaviest first; only between partners whose place by PageRank is among the first so many.
// parameters: values STRING, slot STRING, community INTEGER, communityAt INTEGER, placeAt INTEGER, xAt INTEGER, minWeight FLOAT, maxNodes INTEGER, maxEdges INTEGER
// columns: start STRING, end STRING, weight FLOAT, accounts INTEGER, integrations INTEGER, since DATE, isBridge BOOLEAN
// mode: read
// allow: NodeByLabelScan
CALL () {
  MATCH (partner:Partner)
  WITH partner.id AS id, partner[$values] AS found
  WHERE found IS NOT NULL AND NOT isNaN(found[$xAt]) AND ($community IS NULL OR found[$communityAt] = $community)
  WITH found[$placeAt] AS place, id ORDER BY place, id SKIP $maxNodes LIMIT 1
  RETURN collect([place, id]) AS first
}
MATCH (left:Partner)-[s:SHARES_WITH]->(right:Partner)
WHERE s.slot = $slot AND s.weight >= $minWeight
WITH s, left, right, first, left[$values] AS here, right[$values] AS there
WHERE here IS NOT NULL AND there IS NOT NULL
  AND ($community IS NULL OR (here[$communityAt] = $community AND there[$communityAt] = $community))
  AND (size(first) = 0 OR ((here[$placeAt] < first[0][0] OR (here[$placeAt] = first[0][0] AND left.id < first[0][1]))
    AND (there[$placeAt] < first[0][0] OR (there[$placeAt] = first[0][0] AND right.id < first[0][1]))))
RETURN left.id AS start, right.id AS end, s.weight AS weight, s.accounts AS accounts, s.integrations AS integrations,
  s.since AS since, coalesce(s.isBridge, false) AS isBridge
ORDER BY weight DESC, start, end
LIMIT $maxEdges
