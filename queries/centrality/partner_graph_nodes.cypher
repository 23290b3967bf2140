// description: Partners of the stored partner graph, of one community or of all, at most so many, those with the largest PageRank first.
// parameters: values STRING, community INTEGER, communityAt INTEGER, placeAt INTEGER, xAt INTEGER, maxNodes INTEGER
// columns: partner Partner, found LIST
// mode: read
// allow: NodeByLabelScan
MATCH (partner:Partner)
WITH partner, partner[$values] AS found
WHERE found IS NOT NULL AND NOT isNaN(found[$xAt]) AND ($community IS NULL OR found[$communityAt] = $community)
RETURN partner, found
ORDER BY found[$placeAt], partner.id
LIMIT $maxNodes
