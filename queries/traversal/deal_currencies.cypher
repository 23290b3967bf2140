// description: The currencies that the amounts of deals are in.
// columns: currency STRING
// mode: read
// allow: NodeByLabelScan
MATCH (deal:Deal)
WHERE deal.amount IS NOT NULL
RETURN DISTINCT deal.amountCurrency AS currency
ORDER BY currency
