// description: Customers up to a day by industry and segment, with their first and last day as customers (0 for none); days as year · 10000 + month · 100 + day. Accounts are the database's own numbers.
// parameters: asOf DATE
// columns: industry STRING, segment STRING, accounts INTEGERS, since INTEGERS, churned INTEGERS
// mode: read
// allow: NodeByLabelScan
MATCH (account:Account)
WHERE account.customerSince <= $asOf
WITH account, account.customerSince AS day, account.churnedOn AS gone
RETURN account.industry AS industry, account.segment AS segment, collect(id(account)) AS accounts,
       collect(day.year * 10000 + day.month * 100 + day.day) AS since,
       collect(coalesce(gone.year * 10000 + gone.month * 100 + gone.day, 0)) AS churned
ORDER BY industry, segment
