CALL () { MATCH (n1:Partner {id: $p1}) MATCH (n2:Account {id: $p2}) CALL (n1, n2) { WITH n1 AS start, n2 AS end MATCH path = SHORTEST 51 (start)(
  ()-[r:OFFERS|BUILDS|CONNECTS|USES|ENABLED|IMPLEMENTS_FOR|RESELLS_TO|REFERRED|WITH|INCLUDES|SOURCED|INFLUENCED|TOUCHED|CERTIFIED_FOR|ALLIED_WITH|SAME_COMPANY_AS|KNOWS]-(step WHERE NOT step:Company)
  WHERE (r.since IS NULL OR r.since <= $asOf) AND (r.until IS NULL OR r.until > $asOf)
){1,1}(end)
WITH path
ORDER BY length(path), [n IN nodes(path) | n.id], [e IN relationships(path) | e.key]
LIMIT $p0
RETURN nodes(path) AS nodes, relationships(path) AS edges } WITH nodes AS n3, edges AS n4 RETURN collect([size(n4)]) AS n5 } CALL () { MATCH (n1:Partner {id: $p1}) MATCH (n2:Account {id: $p2}) CALL (n1, n2) { WITH n1 AS start, n2 AS end MATCH path = SHORTEST 51 (start)(
  ()-[r:OFFERS|BUILDS|CONNECTS|USES|ENABLED|IMPLEMENTS_FOR|RESELLS_TO|REFERRED|WITH|INCLUDES|SOURCED|INFLUENCED|TOUCHED|CERTIFIED_FOR|ALLIED_WITH|SAME_COMPANY_AS|KNOWS]-(step WHERE NOT step:Company)
  WHERE (r.since IS NULL OR r.since <= $asOf) AND (r.until IS NULL OR r.until > $asOf)
){1,1}(end)
WITH path
ORDER BY length(path), [n IN nodes(path) | n.id], [e IN relationships(path) | e.key]
LIMIT $p0
RETURN nodes(path) AS nodes, relationships(path) AS edges } WITH nodes AS n3, edges AS n4 RETURN count(*) AS n6 } RETURN [n5, CASE (n6 + 0) WHEN 0 THEN 'No path of this length joins the two over edges that hold on the day.' END] AS r;
CALL () { MATCH (n1:Partner {id: $p2}) MATCH (n2:Account {id: $p3}) CALL (n1, n2) { WITH n1 AS start, n2 AS end MATCH path = SHORTEST 51 (start)(
  ()-[r:OFFERS|BUILDS|CONNECTS|USES|ENABLED|IMPLEMENTS_FOR|RESELLS_TO|REFERRED|WITH|INCLUDES|SOURCED|INFLUENCED|TOUCHED|CERTIFIED_FOR|ALLIED_WITH|SAME_COMPANY_AS|KNOWS]-(step WHERE NOT step:Company)
  WHERE (r.since IS NULL OR r.since <= $p0) AND (r.until IS NULL OR r.until > $p0)
){1,3}(end)
WITH path
ORDER BY length(path), [n IN nodes(path) | n.id], [e IN relationships(path) | e.key]
LIMIT $p1
RETURN nodes(path) AS nodes, relationships(path) AS edges } WITH nodes AS n3, edges AS n4 RETURN collect([COLLECT { UNWIND n4 AS n5 RETURN [startNode(n5).id, toString(n5.since), endNode(n5).id, type(n5)] }, size(n4), COLLECT { UNWIND n3 AS n6 RETURN CASE WHEN n6:Account THEN ['Account', n6.id] WHEN n6:Deal THEN ['Deal', n6.id] WHEN n6:Integration THEN ['Integration', n6.id] WHEN n6:Partner THEN ['Partner', n6.id] WHEN n6:Product THEN ['Product', n6.id] END }]) AS n7 } CALL () { MATCH (n1:Partner {id: $p2}) MATCH (n2:Account {id: $p3}) CALL (n1, n2) { WITH n1 AS start, n2 AS end MATCH path = SHORTEST 51 (start)(
  ()-[r:OFFERS|BUILDS|CONNECTS|USES|ENABLED|IMPLEMENTS_FOR|RESELLS_TO|REFERRED|WITH|INCLUDES|SOURCED|INFLUENCED|TOUCHED|CERTIFIED_FOR|ALLIED_WITH|SAME_COMPANY_AS|KNOWS]-(step WHERE NOT step:Company)
  WHERE (r.since IS NULL OR r.since <= $p0) AND (r.until IS NULL OR r.until > $p0)
){1,3}(end)
WITH path
ORDER BY length(path), [n IN nodes(path) | n.id], [e IN relationships(path) | e.key]
LIMIT $p1
RETURN nodes(path) AS nodes, relationships(path) AS edges } WITH nodes AS n3, edges AS n4 RETURN count(*) AS n8 } RETURN [n7, CASE (n8 + 0) WHEN 0 THEN 'No path of this length joins the two over edges that hold on the day.' END] AS r;
CALL () { MATCH (n1:Partner {id: $p2}) MATCH (n2:Account {id: $p3}) CALL (n1, n2) { WITH n1 AS start, n2 AS end MATCH path = SHORTEST 51 (start)(
  ()-[r:OFFERS|BUILDS|CONNECTS|USES|ENABLED|IMPLEMENTS_FOR|RESELLS_TO|REFERRED|WITH|INCLUDES|SOURCED|INFLUENCED|TOUCHED|CERTIFIED_FOR|ALLIED_WITH|SAME_COMPANY_AS|KNOWS]-(step WHERE NOT step:Company)
  WHERE (r.since IS NULL OR r.since <= $p0) AND (r.until IS NULL OR r.until > $p0)
){1,4}(end)
WITH path
ORDER BY length(path), [n IN nodes(path) | n.id], [e IN relationships(path) | e.key]
LIMIT $p1
RETURN nodes(path) AS nodes, relationships(path) AS edges } WITH nodes AS n3, edges AS n4 RETURN collect([size(n4)]) AS n5 } RETURN [n5] AS r;
