// description: The shortest paths between two nodes over edges that hold; never over derived edges. `$maxLength` is written into the text, for Cypher takes no parameter there.
// in: start Node, end Node
// parameters: maxLength LITERAL, asOf DATE, limit INTEGER
// columns: nodes NODES, edges EDGES
// mode: read
MATCH path = SHORTEST 51 (start)(
  ()-[r:OFFERS|BUILDS|CONNECTS|USES|ENABLED|IMPLEMENTS_FOR|RESELLS_TO|REFERRED|WITH|INCLUDES|SOURCED|INFLUENCED|TOUCHED|CERTIFIED_FOR|ALLIED_WITH|SAME_COMPANY_AS|KNOWS]-(step WHERE NOT step:Company)
  WHERE (r.since IS NULL OR r.since <= $asOf) AND (r.until IS NULL OR r.until > $asOf)
){1,$maxLength}(end)
WITH path
ORDER BY length(path), [n IN nodes(path) | n.id], [e IN relationships(path) | e.key]
LIMIT $limit
RETURN nodes(path) AS nodes, relationships(path) AS edges
