/**
 * Types from our committed SDL for every GraphQL operation of the pages.
 *
 * Each `.graphql` file holds one named operation. It is validated against the schema, and what it asks for becomes a
 * TypeScript type, so a change of the schema that breaks a page breaks the build. The module is written where packages
 * are, not among the sources: it can always be made again.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  buildSchema, type DocumentNode, type FieldNode, type FragmentDefinitionNode, getNamedType, type GraphQLInputType,
  type GraphQLNamedType, type GraphQLOutputType, type GraphQLSchema, isAbstractType, isEnumType, isInputObjectType,
  isListType, isNonNullType, isObjectType, Kind, type OperationDefinitionNode, parse, print,
  type SelectionSetNode, typeFromAST, validate, visit,
} from 'graphql';

const SCALARS: Record<string, string> = {
  Boolean: 'boolean', Date: 'string', DateTime: 'string', Decimal: 'string', Float: 'number', ID: 'string', Int: 'number',
  JSON: 'unknown', String: 'string',
};

/** The module for the operations in a folder. */
export function operationsModule(folder: string, sdl: string): string {
  const schema = buildSchema(sdl);
  const files = readdirSync(folder).filter((name) => name.endsWith('.graphql')).sort();
  return new Module(schema).write(folder, files);
}

/** Write the module; a faulty operation is an error that names its file. */
export function writeOperations(folder: string, schemaFile: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, operationsModule(folder, readFileSync(schemaFile, 'utf8')));
}

class Module {
  readonly #inputs = new Map<string, string>();
  readonly #schema: GraphQLSchema;

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  write(folder: string, files: string[]): string {
    const parts = files.map((file) => this.#operation(join(folder, file)));
    const raw = files.map((file) => `import ${textName(file)} from '${join(folder, file)}?raw';`);
    return [
      '/* eslint-disable */', ...raw, "import type { Operation } from '#client';", '',
      ...[...this.#inputs.values()].sort(), ...parts, '',
    ].join('\n');
  }

  #operation(path: string): string {
    const text = readFileSync(path, 'utf8');
    const document = parse(text);
    const faults = validate(this.#schema, document);
    if (faults.length) throw new Error(`${path}: ${faults.map((fault) => fault.message).join(' ')}`);
    const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
    const [operation] = operations;
    if (operations.length !== 1 || !operation?.name) throw new Error(`${path}: one operation with a name is wanted.`);
    const name = operation.name.value;
    const root = operation.operation === 'mutation' ? this.#schema.getMutationType() : this.#schema.getQueryType();
    if (!root) throw new Error(`${path}: the schema has no ${operation.operation}.`);
    const data = this.#selected(root, [operation.selectionSet], fragments(document));
    const parts = JSON.stringify(this.#parts(document, operation), null, 1);
    const file = basename(path);
    return [
      `export type ${name} = ${data};`,
      `export type ${name}Variables = ${this.#variables(operation)};`,
      `export const ${constantName(file)}: Operation<${name}, ${name}Variables> = `
        + `{ name: '${name}', file: '${file}', text: ${textName(file)}, parts: ${parts} };`,
      '',
    ].join('\n');
  }

  #variables(operation: OperationDefinitionNode): string {
    const fields = (operation.variableDefinitions ?? []).map((definition) => {
      const type = typeFromAST(this.#schema, definition.type as never) as GraphQLInputType;
      const isOptional = !isNonNullType(type) || definition.defaultValue !== undefined;
      return `${definition.variable.name.value}${isOptional ? '?' : ''}: ${this.#input(type)}${isOptional ? ' | undefined' : ''}`;
    });
    return fields.length ? `{ ${fields.join('; ')} }` : 'Record<string, never>';
  }

  #input(type: GraphQLInputType): string {
    if (isNonNullType(type)) return this.#input(type.ofType).replace(/ \| null$/, '');
    if (isListType(type)) return `readonly ${wrapped(this.#input(type.ofType))}[] | null`;
    if (isInputObjectType(type) && !this.#inputs.has(type.name)) {
      this.#inputs.set(type.name, '');
      const fields = Object.values(type.getFields()).map((field) => {
        const isOptional = !isNonNullType(field.type) || field.defaultValue !== undefined;
        return `${field.name}${isOptional ? '?' : ''}: ${this.#input(field.type)}${isOptional ? ' | undefined' : ''}`;
      });
      this.#inputs.set(type.name, `export type ${type.name} = { ${fields.join('; ')} };`);
    }
    return `${isInputObjectType(type) ? type.name : leaf(type as GraphQLNamedType)} | null`;
  }

  #output(type: GraphQLOutputType, sets: SelectionSetNode[], known: Fragments): string {
    if (isNonNullType(type)) return this.#output(type.ofType, sets, known).replace(/ \| null$/, '');
    if (isListType(type)) return `${wrapped(this.#output(type.ofType, sets, known))}[] | null`;
    const named = getNamedType(type);
    return `${sets.length ? this.#selected(named, sets, known) : leaf(named)} | null`;
  }

  /** The object type of a selection; of an abstract type one for each possible type, those alike together. */
  #selected(type: GraphQLNamedType, sets: SelectionSetNode[], known: Fragments): string {
    const concrete = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type];
    const shapes = [...new Set(concrete.map((one) => {
      const found = [...this.#fields(one, sets, known)].map(([key, nodes]) => this.#field(one, key, nodes, known));
      return `{ ${found.join('; ')} }`;
    }))];
    return shapes.length > 1 ? `(${shapes.join(' | ')})` : (shapes[0] ?? 'never');
  }

  #field(parent: GraphQLNamedType, key: string, nodes: FieldNode[], known: Fragments): string {
    const name = nodes[0]?.name.value ?? '';
    if (name === '__typename') return `${key}: '${parent.name}'`;
    if (!isObjectType(parent)) throw new Error(`${parent.name} has no fields.`);
    const field = parent.getFields()[name];
    if (!field) throw new Error(`${parent.name} has no ${name}.`);
    const sets = nodes.flatMap((node) => (node.selectionSet ? [node.selectionSet] : []));
    const isMaybeLeftOut = nodes.every((node) => node.directives?.length);
    const type = this.#output(field.type, sets, known);
    return `${key}${isMaybeLeftOut ? '?' : ''}: ${type}${isMaybeLeftOut ? ' | undefined' : ''}`;
  }

  #fields(type: GraphQLNamedType, sets: SelectionSetNode[], known: Fragments): Map<string, FieldNode[]> {
    const found = new Map<string, FieldNode[]>();
    const visitSet = (set: SelectionSetNode): void => {
      for (const one of set.selections) {
        if (one.kind === Kind.FIELD) {
          const key = one.alias?.value ?? one.name.value;
          found.set(key, [...(found.get(key) ?? []), one]);
          continue;
        }
        const fragment = one.kind === Kind.FRAGMENT_SPREAD ? known.get(one.name.value) : one;
        const on = fragment?.typeCondition?.name.value;
        if (fragment && (!on || this.#holds(type, on))) visitSet(fragment.selectionSet);
      }
    };
    sets.forEach(visitSet);
    return found;
  }

  #holds(type: GraphQLNamedType, on: string): boolean {
    if (type.name === on) return true;
    const condition = this.#schema.getType(on);
    return isAbstractType(condition) && isObjectType(type) && this.#schema.isSubType(condition, type);
  }

  /** For each number of a view, `root.field`: its definition, and the operation reduced to it. */
  #parts(document: DocumentNode, operation: OperationDefinitionNode): Record<string, Part> {
    const parts: Record<string, Part> = {};
    for (const root of operation.selectionSet.selections) {
      if (root.kind !== Kind.FIELD || !root.selectionSet) continue;
      const parent = getNamedType(this.#schema.getQueryType()?.getFields()[root.name.value]?.type);
      if (!isObjectType(parent)) continue;
      for (const field of root.selectionSet.selections) {
        if (field.kind !== Kind.FIELD) continue;
        const description = parent.getFields()[field.name.value]?.description;
        if (!description) continue;
        const key = `${(root.alias ?? root.name).value}.${(field.alias ?? field.name).value}`;
        parts[key] = { description, text: reduced(document, operation, root, field) };
      }
    }
    return parts;
  }
}

type Part = { description: string; text: string };
type Fragments = Map<string, FragmentDefinitionNode>;

function fragments(document: DocumentNode): Fragments {
  return new Map(document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])));
}

function reduced(document: DocumentNode, operation: OperationDefinitionNode, root: FieldNode, field: FieldNode): string {
  const only = (set: SelectionSetNode, node: FieldNode): SelectionSetNode => ({ ...set, selections: [node] });
  const kept: FieldNode = root.selectionSet ? { ...root, selectionSet: only(root.selectionSet, field) } : root;
  const selectionSet = only(operation.selectionSet, kept);
  const used = new Set<string>();
  const spread = new Set<string>();
  const look = (node: SelectionSetNode): void => {
    visit(node, {
      Variable: (variable) => void used.add(variable.name.value),
      FragmentSpread: (one) => {
        const fragment = fragments(document).get(one.name.value);
        if (fragment && !spread.has(one.name.value)) {
          spread.add(one.name.value);
          look(fragment.selectionSet);
        }
      },
    });
  };
  look(selectionSet);
  const variables = operation.variableDefinitions?.filter((one) => used.has(one.variable.name.value)) ?? [];
  const definitions = [
    { ...operation, selectionSet, variableDefinitions: variables },
    ...[...fragments(document).values()].filter((one) => spread.has(one.name.value)),
  ];
  return print({ ...document, definitions });
}

function leaf(type: GraphQLNamedType): string {
  if (isEnumType(type)) return `(${type.getValues().map((value) => `'${value.name}'`).join(' | ')})`;
  return SCALARS[type.name] ?? 'unknown';
}

function wrapped(type: string): string {
  return / \| null$/.test(type) ? `(${type})` : type;
}

function constantName(file: string): string {
  return basename(file, '.graphql').replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function textName(file: string): string {
  return `${constantName(file)}Text`;
}
