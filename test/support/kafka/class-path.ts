import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Missing } from '../outside-service.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const pom = join(root, 'test/support/kafka/pom.xml');

const howToGetThem = `
  Debian, Ubuntu: sudo apt-get install openjdk-17-jre-headless maven
  Fedora:         sudo dnf install java-17-openjdk-headless maven
  macOS:          brew install openjdk@17 maven`;

const answers = (program: string, argument: string): boolean => spawnSync(program, [argument]).status === 0;

/** What is missing for starting a broker: Java runs it, and Maven fetches it. */
export const missingForKafka = (): Missing => {
  const missing = [
    ...(answers('java', '-version') ? [] : ['Java 17']),
    ...(existsSync(cacheFile()) || answers('mvn', '-version') ? [] : ['Maven']),
  ];
  return missing.length === 0
    ? undefined
    : `the tests with a real Kafka broker need ${missing.join(' and ')}.${howToGetThem}`;
};

/** One for each version of the pom. */
const cacheFile = (): string => {
  const version = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 16);
  return join(root, 'node_modules/.cache/trunkline-kafka', `${version}.class-path`);
};

/** The broker's class path, made by Maven the first time; it fetches the broker where that is not there yet. */
export const kafkaClassPath = async (): Promise<string> => {
  const file = cacheFile();
  if (!existsSync(file)) {
    await mkdir(join(file, '..'), { recursive: true });
    const made = `${file}.${process.pid}`;
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:build-classpath';
    await promisify(execFile)('mvn', ['-q', '-B', '-f', pom, goal, `-Dmdep.outputFile=${made}`]);
    await rename(made, file);
  }
  return (await readFile(file, 'utf8')).trim();
};
