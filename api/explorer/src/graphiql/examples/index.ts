import health from './health.graphql?raw';
import partners from './partners.graphql?raw';
import search from './search.graphql?raw';
import strength from './strength.graphql?raw';

export const examples = [strength, health, partners, search];
