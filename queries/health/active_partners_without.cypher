// description: How many partners other than some are active on a day.
// parameters: partners STRINGS, asOf DATE, activeWithin INTEGER, hasDatedActivity BOOLEAN
// columns: active INTEGER
// mode: read
// allow: NodeByLabelScan
MATCH (partner:Partner)
WHERE NOT partner.id IN $partners
  AND (partner.joinedOn IS NULL OR partner.joinedOn <= $asOf)
  AND (partner.leftOn IS NULL OR partner.leftOn > $asOf)
  AND (NOT $hasDatedActivity
    OR EXISTS { MATCH (partner)-[t:TOUCHED]->(:Deal) WHERE t.on <= $asOf AND t.on > $asOf - duration({days: $activeWithin}) }
    OR EXISTS { MATCH (partner)-[r:IMPLEMENTS_FOR]->(:Account) WHERE r.since <= $asOf AND r.since > $asOf - duration({days: $activeWithin}) }
    OR EXISTS { MATCH (partner)-[c:CERTIFIED_FOR]->(:Product) WHERE c.on <= $asOf AND c.on > $asOf - duration({days: $activeWithin}) }
    OR EXISTS { MATCH (partner)-[:BUILDS]->(:Integration)<-[e:ENABLED]-(:Account) WHERE e.since <= $asOf AND e.since > $asOf - duration({days: $activeWithin}) })
RETURN count(partner) AS active
