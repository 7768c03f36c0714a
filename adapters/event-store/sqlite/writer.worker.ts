import { serveAsWriter } from './writer-service.js';

serveAsWriter();
