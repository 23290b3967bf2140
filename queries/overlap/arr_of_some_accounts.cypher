// description: Annual recurring revenue of those of some accounts that have not left on a day, per currency.
// in: accounts NODES
// parameters: asOf DATE
// columns: minor INTEGER, currency STRING
// mode: read
UNWIND accounts AS account
WITH account
WHERE account.arr IS NOT NULL AND (account.churnedOn IS NULL OR account.churnedOn > $asOf)
RETURN sum(account.arr) AS minor, account.arrCurrency AS currency
ORDER BY currency
