import { expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from '../../src/contract/contract.ts';

/** Numbers that are drawn and not computed with. */
const drawn = ['x', 'y', 'low', 'high'];
/** Lists, counts and texts that have no end, of all inputs of all methods. */
it('whatever a page sends has a limit: every text, every list, every number that is computed with', () => {
  const endless = new Set<string>();
  const visit = (router: object): void => {
    for (const part of Object.values(router) as object[]) {
      if (!('~orpc' in part)) {
        visit(part);
        continue;
      }
      const { inputSchema } = part['~orpc'] as { inputSchema?: z.ZodType };
      if (inputSchema === undefined) continue;
      look(z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any' }), '');
    }
  };
  const look = (schema: unknown, name: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    if (!('enum' in schema || 'const' in schema) && 'type' in schema && isEndless(schema)) {
      if (!(drawn.includes(name) && schema.type === 'number')) endless.add(`${String(schema.type)} ${name}`);
    }
    for (const [key, part] of Object.entries(schema) as [string, unknown][]) {
      if (key === 'properties') for (const [own, inner] of Object.entries(part as object)) look(inner, own);
      else if (Array.isArray(part)) for (const inner of part) look(inner, name);
      else look(part, name);
    }
  };
  visit(contract);
  expect([...endless].sort()).toEqual([]);
});

function isEndless(schema: object & { type: unknown }): boolean {
  const has = (...limits: string[]): boolean => limits.some((limit) => limit in schema);
  switch (schema.type) {
    case 'string':
      return !has('maxLength', 'pattern');
    case 'array':
      return !has('maxItems', 'prefixItems');
    case 'number':
    case 'integer':
      return !(has('maximum', 'exclusiveMaximum') && has('minimum', 'exclusiveMinimum'));
    default:
      return false;
  }
}
