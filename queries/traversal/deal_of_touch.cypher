// description: The deal of a touch that was recorded.
// parameters: deal STRING
// columns: it Deal
// mode: read
MATCH (it:Deal {id: $deal})
RETURN it
