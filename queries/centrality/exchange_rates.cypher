// description: The exchange rate of each pair of currencies on a day: one unit of `source` is `rate` units of `target`.
// parameters: asOf DATE
// columns: source STRING, target STRING, rate FLOAT
// mode: read
// allow: NodeByLabelScan
MATCH (entry:HistoryEntry {attribute: 'rate'})
WHERE entry.on <= $asOf
WITH entry ORDER BY entry.on DESC
RETURN entry.from AS source, entry.to AS target, head(collect(entry.rate)) AS rate
