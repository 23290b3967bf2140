CALL () { CALL () { CALL () { MATCH (pair:MatchPair)
WHERE pair.decision IS NULL OR NOT $p1
RETURN pair, pair.probability AS probability } WITH pair AS n1, probability AS n2 RETURN collect([n1, n2]) AS n3 } WITH n3, [COLLECT { UNWIND n3 AS n4 WITH n4[0] AS n1, n4[1] AS n2 WITH n1, n2 ORDER BY n2 DESC, n1.id LIMIT $p0 WITH n1, n2, [[$p2, n2, n1.id], n1.decision, n1.id, head(COLLECT { CALL (n1) { WITH n1 AS pair OPTIONAL MATCH (a:Account|SourceRecord {id: pair[$p3]})
WITH pair, a
RETURN [
  pair[$p3],
  a.name,
  COLLECT {
    MATCH (a)-[h:HAS_DOMAIN]->(d:Domain) WHERE h.mergedFrom IS NULL
    RETURN d.name AS name ORDER BY h.isPrimary DESC, name
  },
  head([k IN keys(a) WHERE replace(replace(replace(toLower(k), ' ', ''), '_', ''), '-', '') IN $p4 | toString(a[k])]),
  COLLECT {
    MATCH (a)-[h:HAS_EXTERNAL_ID]->(x:ExternalId) WHERE h.mergedFrom IS NULL
    RETURN x.id AS id ORDER BY id
  },
  COLLECT {
    MATCH (a)-[:RESOLVES_TO*0..50]->(now:Account)<-[k:KNOWS]-(owner:Partner|Company) WHERE k.until IS NULL
    RETURN DISTINCT [owner.id, k.population] AS entry ORDER BY entry
  }
] AS found } RETURN found }), n1.probability, n1.reasons, head(COLLECT { CALL (n1) { WITH n1 AS pair OPTIONAL MATCH (a:Account|SourceRecord {id: pair[$p5]})
WITH pair, a
RETURN [
  pair[$p5],
  a.name,
  COLLECT {
    MATCH (a)-[h:HAS_DOMAIN]->(d:Domain) WHERE h.mergedFrom IS NULL
    RETURN d.name AS name ORDER BY h.isPrimary DESC, name
  },
  head([k IN keys(a) WHERE replace(replace(replace(toLower(k), ' ', ''), '_', ''), '-', '') IN $p6 | toString(a[k])]),
  COLLECT {
    MATCH (a)-[h:HAS_EXTERNAL_ID]->(x:ExternalId) WHERE h.mergedFrom IS NULL
    RETURN x.id AS id ORDER BY id
  },
  COLLECT {
    MATCH (a)-[:RESOLVES_TO*0..50]->(now:Account)<-[k:KNOWS]-(owner:Partner|Company) WHERE k.until IS NULL
    RETURN DISTINCT [owner.id, k.population] AS entry ORDER BY entry
  }
] AS found } RETURN found })] AS given RETURN given }, size(n3)] AS given RETURN [given] AS n5 } RETURN [n5] AS r;
