// description: A piece of work that goes on after the request for it; one whose process has not been heard of for a minute has failed.
// parameters: id STRING
// columns: id STRING, kind STRING, state STRING, progress FLOAT, errors STRINGS, startedAt STRING, finishedAt STRING, result STRING
// mode: read
MATCH (job:Job {id: $id})
WHERE job.progress IS NOT NULL
WITH job, job.state IN ['QUEUED', 'RUNNING'] AND job.renewedAt < datetime() - duration({seconds: 60}) AS isLost
RETURN
  job.id AS id, job.kind AS kind, CASE WHEN isLost THEN 'FAILED' ELSE job.state END AS state,
  job.progress AS progress,
  CASE WHEN isLost THEN ['The process that did this has ended. Start it again.'] ELSE job.errors END AS errors,
  toString(job.startedAt) AS startedAt,
  toString(CASE WHEN isLost THEN job.renewedAt ELSE job.finishedAt END) AS finishedAt,
  job.result AS result
