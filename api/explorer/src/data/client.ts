/** Asking the server: one POST per operation, answers kept while the graph does not change. */

/** A named GraphQL operation of the pages, with what it asks for and what it answers with. */
export type Operation<Data, Variables> = {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** For each number, `root.field`: what it means, by the schema, and the operation reduced to it. */
  readonly parts: Readonly<Record<string, { description: string; text: string }>>;
  readonly types?: (variables: Variables) => Data;
};

/** A request whose headers are a plain object. */
export type Sent = RequestInit & { headers: Readonly<Record<string, string>> };

export type Problem = { message: string; code: string; hint: string | undefined };
export type Answer<Data> = { data: Data; problems: Problem[] };

/** The server could not be reached, or answered with errors and no data. */
export class Failure extends Error {
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    super(problems.map((problem) => problem.message).join(' '));
    this.problems = problems;
  }
}

type Body = {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string; hint?: string } }[];
  extensions?: { graphVersion?: string };
};

const KEPT = 200;

/** Answers by operation and variables; all are forgotten when the graph has changed. */
export class Client {
  readonly #answers = new Map<string, Answer<unknown>>();
  readonly #bearer: () => string | null;
  readonly #fetch: typeof fetch;
  readonly #url: string;
  #version: string | undefined;

  constructor(
    url: string, bearer: () => string | null = () => null, fetcher: typeof fetch = (...request) => fetch(...request),
  ) {
    this.#url = url;
    this.#bearer = bearer;
    this.#fetch = fetcher;
  }

  /** The kept answer, if there is one. */
  peek<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): Answer<Data> | undefined {
    return this.#answers.get(keyOf(operation, variables)) as Answer<Data> | undefined;
  }

  async ask<Data, Variables>(
    operation: Operation<Data, Variables>, variables: Variables, signal?: AbortSignal,
  ): Promise<Answer<Data>> {
    const kept = this.peek(operation, variables);
    if (kept) return kept;
    const body = await this.#post({ query: operation.text, operationName: operation.name, variables }, signal);
    const problems = problemsOf(body);
    if (body.data === undefined || body.data === null) throw new Failure(problems);
    const answer = { data: body.data as Data, problems };
    this.#keep(keyOf(operation, variables), answer, body.extensions?.graphVersion);
    return answer;
  }

  /** Change something; what was kept may not hold any more. */
  async change<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): Promise<Data> {
    const body = await this.#post({ query: operation.text, operationName: operation.name, variables });
    this.forget();
    const problems = problemsOf(body);
    if (problems.length) throw new Failure(problems);
    return body.data as Data;
  }

  /** A file that another address of the server writes. */
  async file(url: string, body: unknown): Promise<Blob> {
    return (await this.send(url, posted(body, '*/*'))).blob();
  }

  /** The answer of another address of the server, where it is not a refusal. */
  async send(url: string, request: Sent): Promise<Response> {
    const response = await this.#reach(url, request);
    if (response.ok) return response;
    const problems = problemsOf((await response.json().catch(() => ({}))) as Body);
    throw problems.length ? new Failure(problems) : unreadable(response.status);
  }

  /** The same, read as JSON. */
  async read(url: string, request: Sent): Promise<unknown> {
    return this.#parsed(await this.send(url, request), request.signal);
  }

  /** Forget what was answered: something has changed that. */
  forget(): void {
    this.#answers.clear();
  }

  async #reach(url: string, request: Sent): Promise<Response> {
    const bearer = this.#bearer();
    try {
      return await this.#fetch(url, { ...request, headers: { ...request.headers, ...(bearer && { authorization: `Bearer ${bearer}` }) } });
    } catch (failure) {
      if (request.signal?.aborted) throw failure;
      throw unreachable('Ecograph cannot be reached.');
    }
  }

  async #post(body: unknown, signal?: AbortSignal): Promise<Body> {
    const request = { ...posted(body, 'application/graphql-response+json'), ...(signal && { signal }) };
    return (await this.#parsed(await this.#reach(this.#url, request), signal)) as Body;
  }

  async #parsed(response: Response, signal?: AbortSignal | null): Promise<unknown> {
    try {
      return await response.json();
    } catch (failure) {
      if (signal?.aborted) throw failure;
      throw unreadable(response.status);
    }
  }

  #keep(key: string, answer: Answer<unknown>, version: string | undefined): void {
    if (version !== this.#version) {
      this.#answers.clear();
      this.#version = version;
    }
    if (answer.problems.length) return;
    const oldest = this.#answers.keys().next();
    if (this.#answers.size >= KEPT && !oldest.done) this.#answers.delete(oldest.value);
    this.#answers.set(key, answer);
  }
}

function problemsOf(body: Body): Problem[] {
  return (body.errors ?? []).map(({ message, extensions }) => (
    { message, code: extensions?.code ?? 'UNKNOWN', hint: extensions?.hint }));
}

function posted(body: unknown, accept: string): Sent {
  return { method: 'POST', headers: { 'content-type': 'application/json', accept }, body: JSON.stringify(body) };
}

function unreadable(status: number): Failure {
  return unreachable(`Ecograph's answer cannot be read (status ${status}).`);
}

function unreachable(message: string): Failure {
  const hint = 'See that `ecograph serve` or `make demo` still runs, then try again.';
  return new Failure([{ message, code: 'UNREACHABLE', hint }]);
}

/** Variables that are not set do not tell two requests apart. */
export function keyOf(operation: { name: string }, variables: unknown): string {
  return `${operation.name} ${JSON.stringify(variables)}`;
}
