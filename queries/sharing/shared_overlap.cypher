// description: What a partner's own login sees of its overlap with us: for each population on its list a whole row of what its accounts are to us. What is not shared counts with what is nothing to us. Where a count in the rest of a row, or of a population of which only counts are shared, is below 5, all of them in the row are withheld: the partner knows the row's total, and what is left out must not follow from it.
// parameters: partners STRINGS, viewerPartner STRING, asOf DATE, viewerShown STRINGS, viewerCounted STRINGS
// columns: partners NODES, ours STRING, theirs MAPS, accounts NODES, count INTEGER, isWithheld BOOLEAN
// mode: read
// view: partner
MATCH (partner:Partner {id: $viewerPartner})
WHERE partner.id IN $partners AND size($viewerShown) + size($viewerCounted) > 0
CALL (partner) {
  MATCH (partner)-[k:KNOWS]->(account:Account)
  WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
  WITH DISTINCT partner, account, $asOf AS day
  CALL ecograph.population_on_list(partner, account, day)
  WITH account, population AS theirs
  CALL ecograph.account_population(account)
  WITH account, theirs, CASE WHEN population IN $viewerShown + $viewerCounted THEN population ELSE '' END AS ours
  RETURN collect({theirs: theirs, ours: ours, account: account}) AS entries
}
UNWIND ['CUSTOMER', 'OPPORTUNITY', 'PROSPECT'] AS theirs
WITH partner, theirs, [ours IN $viewerShown + $viewerCounted + [''] | {ours: ours, isShown: ours IN $viewerShown,
  accounts: [entry IN entries WHERE entry.theirs = theirs AND entry.ours = ours | entry.account]}] AS cells
WITH partner, theirs, cells,
     size($viewerCounted) > 0 AND any(cell IN cells WHERE NOT cell.isShown AND size(cell.accounts) < 5) AS isSmall
UNWIND cells AS cell
WITH partner, theirs, nullIf(cell.ours, '') AS ours, cell, isSmall AND NOT cell.isShown AS isWithheld
RETURN [partner] AS partners, ours, [{partner: partner, population: theirs}] AS theirs,
       CASE WHEN cell.isShown THEN cell.accounts ELSE [] END AS accounts,
       CASE WHEN NOT isWithheld THEN size(cell.accounts) END AS count, isWithheld
ORDER BY CASE theirs[0].population WHEN 'CUSTOMER' THEN 0 WHEN 'OPPORTUNITY' THEN 1 ELSE 2 END,
         CASE ours WHEN 'CUSTOMER' THEN 0 WHEN 'OPPORTUNITY' THEN 1 WHEN 'PROSPECT' THEN 2 ELSE 3 END
