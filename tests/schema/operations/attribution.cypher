CALL () { MATCH (n1:Deal) WHERE n1.id IS NOT NULL WITH n1 ORDER BY n1.id LIMIT $p0 WITH n1, [COLLECT { CALL (n1) { WITH n1 AS deal MATCH (deal)<-[:SOURCED]-(partner:Partner)
WITH DISTINCT partner ORDER BY partner.id
WITH collect(partner) AS partners
UNWIND partners AS it
RETURN it, 1.0 / size(partners) AS share } WITH it AS n3, share AS n4 RETURN [n3.name, n4] }, COLLECT { CALL (n1) { WITH n1 AS deal MATCH (deal)<-[:INFLUENCED]-(it:Partner)
WHERE NOT EXISTS { (deal)<-[:SOURCED]-(it) }
WITH DISTINCT it ORDER BY it.id
RETURN it } WITH it AS n5 RETURN [COUNT { MATCH (n5)<-[n7:HAS_PARTNER]-(n6:Account) WHERE (n7.since IS NULL OR n7.since <= $asOf) AND (n7.until IS NULL OR n7.until > $asOf) RETURN 1 AS one }, n5.name] }, head(COLLECT { CALL (n1) { WITH n1 AS deal CALL (deal) {
  MATCH (deal)<-[credit:SOURCED|INFLUENCED]-(partner:Partner)
  RETURN partner, credit
  UNION
  MATCH (deal)<-[:TOUCHED]-(partner:Partner)
  WHERE NOT EXISTS { (deal)<-[:SOURCED|INFLUENCED]-(partner) }
  RETURN partner, null AS credit
}
WITH deal, partner, credit,
     head(COLLECT { MATCH (partner)-[t:TOUCHED]->(deal) RETURN t.on AS day ORDER BY day LIMIT 1 }) AS on,
     COLLECT { MATCH (deal)<-[s:SOURCED]-(p:Partner) WHERE p <> partner RETURN DISTINCT p.name AS name ORDER BY name } AS sources
WITH deal, partner, credit, on,
     substring(reduce(all = '', kind IN COLLECT {
       MATCH (partner)-[t:TOUCHED {on: on}]->(deal) RETURN DISTINCT t.kind AS kind ORDER BY kind
     } | all + ', ' + kind), 2) AS kinds,
     substring(reduce(all = '', name IN sources | all + ' and ' + name), 5) AS others
WITH credit, partner, on, others, deal,
     partner.name + ' touched it (' + kinds + ') on ' + toString(on) AS touched,
     CASE
       WHEN deal.openedOn IS NULL THEN '; when it was opened is not known'
       WHEN on < deal.openedOn THEN ', before it was opened on ' + toString(deal.openedOn)
       WHEN on = deal.openedOn THEN ', the day on which it was opened'
       ELSE ', after it was opened on ' + toString(deal.openedOn)
     END AS relative,
     CASE type(credit) WHEN 'SOURCED' THEN 'sourced' WHEN 'INFLUENCED' THEN 'influenced' END AS verb
WITH CASE verb WHEN 'sourced' THEN 1 WHEN 'influenced' THEN 2 ELSE 3 END AS place, coalesce(credit.on, on) AS day, partner,
     CASE
       WHEN verb IS NULL AND on > deal.closedOn THEN touched + ', after it was closed on ' + toString(deal.closedOn) + ': no credit.'
       WHEN verb IS NULL THEN touched + ': no credit, for the imported credits do not name it.'
       WHEN credit.source <> 'derived' THEN 'The import credits ' + partner.name + ' with having ' + verb + ' it'
         + coalesce(' on ' + toString(credit.on), '') + ' (source: ' + credit.source + ').'
       WHEN verb = 'sourced' THEN touched + relative + ': it sourced it' + CASE others WHEN '' THEN '.' ELSE ', as did ' + others + '.' END
       WHEN on <= deal.openedOn OR deal.openedOn IS NULL THEN touched + relative + ', but later than ' + others + ': it influenced it.'
       ELSE touched + relative + ': it influenced it.'
     END AS reason
ORDER BY place, day, partner.id
RETURN collect(reason) AS reasons } RETURN reasons }), COLLECT { CALL (n1) { WITH n1 AS deal MATCH (deal)<-[:SOURCED]-(partner:Partner)
WITH DISTINCT partner ORDER BY partner.id
WITH collect(partner) AS partners
UNWIND partners AS it
RETURN it, 1.0 / size(partners) AS share } WITH it AS n8, share AS n9 RETURN [n8.name, n8.tier] }, n1.name] AS given RETURN collect(given) AS n10 } RETURN [n10] AS r;
