// description: The file that a piece of work left.
// parameters: id STRING
// columns: file BYTES
// mode: read
MATCH (job:Job {id: $id})
WHERE job.file IS NOT NULL
RETURN job.file AS file
