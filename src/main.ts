#!/usr/bin/env node
import { start } from './cli/start.js';

process.exitCode = await start({});
