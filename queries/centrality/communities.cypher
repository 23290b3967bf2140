// description: Communities of a projected graph by the Leiden method; with one thread, which gives the same each time.
// parameters: graph STRING, resolution FLOAT
// columns: nodes INTEGERS, communities INTEGERS
// mode: read
CALL gds.leiden.stream($graph, {
  relationshipWeightProperty: 'weight', gamma: $resolution, randomSeed: 1, concurrency: 1, maxLevels: 20
}) YIELD nodeId, communityId
RETURN collect(nodeId) AS nodes, collect(communityId) AS communities
