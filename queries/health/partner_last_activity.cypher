// description: The last day up to asOf with a deal touch, an implementation, a certification or an enablement of a partner's integration.
// in: partner Partner
// parameters: asOf DATE
// columns: day DATE
// mode: read
CALL (partner) {
  MATCH (partner)-[t:TOUCHED]->(:Deal) WHERE t.on <= $asOf RETURN max(t.on) AS last
  UNION ALL
  MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) WHERE r.since <= $asOf RETURN max(r.since) AS last
  UNION ALL
  MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) WHERE c.on <= $asOf RETURN max(c.on) AS last
  UNION ALL
  MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) WHERE e.since <= $asOf RETURN max(e.since) AS last
}
RETURN toString(max(last)) AS day
