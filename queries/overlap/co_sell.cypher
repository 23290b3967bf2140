// description: Accounts to sell to together with one partner on a day: prospects and opportunities of ours, and customers with an open deal, that the partner strengthens. The score is the strength times the open amount, in whole units of one currency; where there is none, times 1.
// parameters: partner STRING, factors MAP, asOf DATE
// columns: it Account, accounts NODES, score FLOAT, strength FLOAT, ours STRING, theirs STRING, because NODES
// mode: read
MATCH (seller:Partner {id: $partner})
CALL ecograph.strengthens(seller)
WITH account AS it, seller, score AS strength, components
CALL ecograph.account_population(it)
WITH it, seller, strength, components, $asOf AS day, population AS ours
CALL ecograph.population_on_list(seller, it, day)
WITH it, strength, components, ours, population AS theirs, COLLECT {
  MATCH (it)<-[:WITH]-(deal:Deal)
  WHERE (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
    AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $asOf)
  RETURN deal ORDER BY deal.id
} AS deals
WHERE ours IN ['OPPORTUNITY', 'PROSPECT'] OR size(deals) > 0
WITH it, strength, ours, theirs, deals, components,
     reduce(sum = 0.0, deal IN deals | sum + coalesce(deal.amount * $factors[deal.amountCurrency], 0.0)) AS value
RETURN it, [it] AS accounts, round(strength * CASE WHEN value > 0 THEN value ELSE 1.0 END, 6) AS score, strength, ours, theirs,
       reduce(found = [], component IN components |
         found + [node IN component.because WHERE NOT node IN found]) + deals AS because
