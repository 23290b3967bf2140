// description: Pairs of accounts that may be one company: those that wait for a decision, or all.
// parameters: undecided BOOLEAN
// columns: pair MatchPair, probability FLOAT
// mode: read
// allow: NodeByLabelScan
MATCH (pair:MatchPair)
WHERE pair.decision IS NULL OR NOT $undecided
RETURN pair, pair.probability AS probability
