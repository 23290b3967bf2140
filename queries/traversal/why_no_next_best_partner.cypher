// description: In words, why no partner is proposed to an account: another day, no measure run, no partner to go by, or none like those.
// in: account Account
// parameters: asOf DATE, today DATE, ties STRING, lifts STRING
// columns: reason STRING
// mode: read
RETURN CASE
    WHEN $asOf <> $today THEN 'Proposals are for today only: leave `asOf` out.'
    WHEN $ties IS NULL OR $lifts IS NULL THEN 'Not computed yet: run `ecograph measure`.'
    WHEN COUNT {
      MATCH (account)-[h:HAS_PARTNER]->(:Partner)
      WHERE (h.since IS NULL OR h.since <= $asOf) AND (h.until IS NULL OR h.until > $asOf) AND h.sources <> ['LIST']
    } + 0 = 0 THEN 'It has no partner beyond account lists, and proposals go by those that it has.'
    ELSE 'No other partner shares active accounts with those that it has.'
  END AS reason
