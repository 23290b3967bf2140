// description: The accounts on any of some partners' lists on a day, in cells: what an account is to us, and to each of the partners. Each account once; of several populations on one list the strongest counts.
// parameters: partners STRINGS, withUs BOOLEAN, populations STRINGS, asOf DATE
// columns: partners NODES, ours STRING, theirs MAPS, accounts NODES
// mode: read
UNWIND $partners AS id
MATCH (partner:Partner {id: id})-[k:KNOWS]->(account:Account)
WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
WITH DISTINCT account, partner, $asOf AS day
CALL ecograph.population_on_list(partner, account, day)
WITH account, partner, population
ORDER BY partner.id
WITH account, collect(partner) AS partners, collect(population) AS populations
CALL ecograph.account_population(account)
WITH account, partners, populations, CASE WHEN $withUs THEN population END AS ours
WHERE $populations IS NULL
   OR ((ours IS NULL OR ours IN $populations) AND all(population IN populations WHERE population IN $populations))
WITH partners, populations, ours, collect(account) AS accounts
ORDER BY CASE ours WHEN 'CUSTOMER' THEN 0 WHEN 'OPPORTUNITY' THEN 1 WHEN 'PROSPECT' THEN 2 ELSE 3 END,
         size(partners) DESC, [partner IN partners | partner.id], populations
RETURN partners, ours, [at IN range(0, size(partners) - 1) | {partner: partners[at], population: populations[at]}] AS theirs,
       accounts
