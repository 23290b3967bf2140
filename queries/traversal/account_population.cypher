// description: What an account is to us on a day: customer by its dates, else with an open deal, else on our list.
// in: account Account
// parameters: asOf DATE
// columns: population STRING
// mode: read
RETURN CASE
    WHEN account.customerSince <= $asOf AND (account.churnedOn IS NULL OR account.churnedOn > $asOf) THEN 'CUSTOMER'
    WHEN EXISTS {
      MATCH (account)<-[:WITH]-(deal:Deal)
      WHERE (deal.openedOn IS NULL OR deal.openedOn <= $asOf)
        AND ((deal.status = 'OPEN' AND deal.closedOn IS NULL) OR deal.closedOn > $asOf)
    } THEN 'OPPORTUNITY'
    WHEN EXISTS {
      MATCH (account)<-[k:KNOWS]-(:Company)
      WHERE (k.since IS NULL OR k.since <= $asOf) AND (k.until IS NULL OR k.until > $asOf)
    } THEN 'PROSPECT'
  END AS population
