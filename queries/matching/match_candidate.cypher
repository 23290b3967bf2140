// description: One pair of accounts that may be one company.
// parameters: id STRING
// columns: pair MatchPair
// mode: read
MATCH (pair:MatchPair {id: $id})
RETURN pair
