// Prints the results of graphql-http's audits of a server as JSON: node run.mjs ADDRESS
import { auditServer } from 'graphql-http';

const [url] = process.argv.slice(2);
const fetchFn = (address, init) => fetch(address, { ...init, headers: { ...init?.headers, 'x-ecograph': '1' } });
const results = await auditServer({ url, fetchFn });
console.log(JSON.stringify(results.map(({ id, name, status, reason }) => ({ id, name, status, reason }))));
