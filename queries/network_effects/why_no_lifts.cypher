// description: In words, why there are no lifts: they are of another day, were not computed, or none is clear.
// parameters: asOf DATE, today DATE, slot STRING
// columns: reason STRING
// mode: read
RETURN CASE
    WHEN $asOf <> $today THEN 'Lifts are kept for today only: leave `asOf` out.'
    WHEN $slot IS NULL THEN 'Not computed yet: run `ecograph measure`.'
    ELSE 'None has enough accounts in common and an interval above 1.'
  END AS reason
