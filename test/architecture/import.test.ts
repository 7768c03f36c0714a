import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { plantTree, projectRoot } from './project.js';

const product = /^(adapters|config|domain|projections|src)\/.*\.js$/;
/** Entry points and workers are there to do something; pages do it in a browser. */
const startedByName = /^src\/(main|cli)\.js$|\.worker\.js$|^adapters\/web\//;

/** Of what was compiled, what still has its source. */
const modulesOfTheProduct = async (): Promise<readonly string[]> => {
  const compiled = await readdir(join(projectRoot, 'dist'), { recursive: true });
  const modules = compiled.filter((path) => product.test(path) && !startedByName.test(path));
  return modules.filter((path) => existsSync(join(projectRoot, path.replace(/\.js$/, '.ts'))));
};

/** Loads these in a process of their own; fails if it writes a word or does not end by itself. */
const load = async (urls: readonly string[], patience = 20_000): Promise<void> => {
  const tree = await plantTree({ 'load.mjs': `for (const url of ${JSON.stringify(urls)}) await import(url);` });
  const loading = promisify(execFile)(process.execPath, [join(tree.root, 'load.mjs')], { timeout: patience });
  const { stdout, stderr } = await loading.finally(tree.remove);
  expect(stdout + stderr).to.equal('');
};

const isRefused = (code: string): Promise<boolean> =>
  load([`data:text/javascript,${encodeURIComponent(code)}`], 2000).then(
    () => false,
    () => true,
  );

describe('a module of the product', () => {
  it('does nothing when it is imported: nothing is started, said or left running', async function () {
    this.timeout(30_000);
    const modules = await modulesOfTheProduct();
    expect(modules).to.include('domain/kernel/ids.js');
    await load(modules.map((path) => pathToFileURL(join(projectRoot, 'dist', path)).href));
  });

  it('is found out when it says something', async () => {
    expect(await isRefused("console.log('here I am');")).to.equal(true);
  });

  it('is found out when it leaves something running', async () => {
    expect(await isRefused('setInterval(() => undefined, 1000);')).to.equal(true);
  });

  it('is found out when it fails', async () => {
    expect(await isRefused("throw new Error('not without my settings');")).to.equal(true);
  });
});
