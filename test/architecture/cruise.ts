import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ICruiseResult } from 'dependency-cruiser';
import { projectRoot } from './project.js';

const cruiser = join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const rules = join(projectRoot, '.dependency-cruiser.cjs');
const folders = ['adapters', 'config', 'domain', 'projections', 'src', 'test'];

/** Holds a tree with the five folders against the project's rules, by the very program that the gate runs. */
export const cruise = async (root: string): Promise<ICruiseResult> => {
  const cruising = [cruiser, '--config', rules, '--output-type', 'json', ...folders];
  const { stdout } = await promisify(execFile)(process.execPath, cruising, { cwd: root, maxBuffer: 2 ** 28 });
  return JSON.parse(stdout) as ICruiseResult;
};
