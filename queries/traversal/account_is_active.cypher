// description: Whether an account is active on a day: our customer, or a user of a product where no customer dates are held.
// in: account Account
// parameters: asOf DATE, hasCustomerDates BOOLEAN
// columns: isActive BOOLEAN
// mode: read
RETURN CASE $hasCustomerDates
    WHEN true THEN coalesce(account.customerSince <= $asOf AND (account.churnedOn IS NULL OR account.churnedOn > $asOf), false)
    ELSE EXISTS {
      MATCH (account)-[u:USES]->(:Product)
      WHERE (u.since IS NULL OR u.since <= $asOf) AND (u.until IS NULL OR u.until > $asOf)
    }
  END AS isActive
