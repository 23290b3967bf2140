// description: One account of a pair as it was imported, merged or not: id, name, its own domains, DUNS by custom columns, external ids, and the account lists that it, or what it is part of by now, is on.
// in: pair MatchPair
// parameters: side STRING, dunsNames STRINGS
// columns: found LIST
// mode: read
OPTIONAL MATCH (a:Account|SourceRecord {id: pair[$side]})
WITH pair, a
RETURN [
  pair[$side],
  a.name,
  COLLECT {
    MATCH (a)-[h:HAS_DOMAIN]->(d:Domain) WHERE h.mergedFrom IS NULL
    RETURN d.name AS name ORDER BY h.isPrimary DESC, name
  },
  head([k IN keys(a) WHERE replace(replace(replace(toLower(k), ' ', ''), '_', ''), '-', '') IN $dunsNames | toString(a[k])]),
  COLLECT {
    MATCH (a)-[h:HAS_EXTERNAL_ID]->(x:ExternalId) WHERE h.mergedFrom IS NULL
    RETURN x.id AS id ORDER BY id
  },
  COLLECT {
    MATCH (a)-[:RESOLVES_TO*0..50]->(now:Account)<-[k:KNOWS]-(owner:Partner|Company) WHERE k.until IS NULL
    RETURN DISTINCT [owner.id, k.population] AS entry ORDER BY entry
  }
] AS found
