// description: How many accounts are active on a day: our customers, or users of a product where no customer dates are held.
// parameters: asOf DATE, hasCustomerDates BOOLEAN
// columns: accounts INTEGER
// mode: read
// allow: NodeByLabelScan
MATCH (account:Account)
WHERE ($hasCustomerDates AND account.customerSince <= $asOf AND (account.churnedOn IS NULL OR account.churnedOn > $asOf))
  OR (NOT $hasCustomerDates AND EXISTS {
    MATCH (account)-[u:USES]->(:Product)
    WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
  })
RETURN count(account) AS accounts
