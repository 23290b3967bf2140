// description: The currencies that the revenue of accounts is in, today or by its history.
// columns: currency STRING
// mode: read
// allow: NodeByLabelScan
CALL () {
  MATCH (account:Account) WHERE account.arr IS NOT NULL RETURN DISTINCT account.arrCurrency AS currency
  UNION
  MATCH (entry:HistoryEntry {attribute: 'arr'}) RETURN DISTINCT entry.valueCurrency AS currency
}
RETURN DISTINCT currency
ORDER BY currency
