// description: Stored adoption effects (lifts) of one partner on others; none under another day than today.
// in: partner Partner
// parameters: asOf DATE, today DATE, slot STRING
// columns: source Partner, target Partner, rateRatio FLOAT, low FLOAT, high FLOAT, naiveLift FLOAT, coAccounts INTEGER, events INTEGER, q FLOAT, reverse FLOAT
// mode: read
MATCH (partner)-[l:LIFTS]->(target:Partner)
WHERE l.slot = $slot AND $asOf = $today
RETURN partner AS source, target, l.rateRatio AS rateRatio, l.low AS low, l.high AS high, l.naiveLift AS naiveLift,
       l.coAccounts AS coAccounts, l.events AS events, l.q AS q, l.reverse AS reverse
