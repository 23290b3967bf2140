// @neo4j/graphql with Apollo Server over the benchmark's graph: node server.mjs
// Neo4j is where NEO4J_URI, NEO4J_USERNAME and NEO4J_PASSWORD say. Prints its address.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { Neo4jGraphQL } from '@neo4j/graphql';
import neo4j from 'neo4j-driver';
import { readFileSync } from 'node:fs';

const { NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD, STRENGTHENED_BY } = process.env;
const typeDefs = readFileSync(new URL('types.graphql', import.meta.url), 'utf8').replace('STATEMENT', STRENGTHENED_BY);
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USERNAME, NEO4J_PASSWORD), {
  notificationFilter: neo4j.notificationFilterMinimumSeverityLevel.OFF,
});
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const server = new ApolloServer({ schema, introspection: true, includeStacktraceInErrorResponses: false });
const context = async () => ({ executionContext: driver });
const { url } = await startStandaloneServer(server, { context, listen: { port: 0, host: '127.0.0.1' } });
console.log(url.replace(/\/$/, '').replace('localhost', '127.0.0.1'));
