// Pairs of accounts that may be one company, and merged accounts.
CREATE CONSTRAINT match_pair_id IF NOT EXISTS FOR (n:MatchPair) REQUIRE n.id IS UNIQUE;
CREATE INDEX source_record_key IF NOT EXISTS FOR (n:SourceRecord) ON (n.key);
CREATE INDEX match_pair_merged IF NOT EXISTS FOR (n:MatchPair) ON (n.merged);
CREATE INDEX match_pair_survivor IF NOT EXISTS FOR (n:MatchPair) ON (n.survivor);
