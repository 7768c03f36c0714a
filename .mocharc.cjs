const { env } = require('node:process');

module.exports = {
  ignore: ['dist/test/browser/**'],
  timeout: 10000,
  exit: true,
  forbidOnly: true,
  // Elsewhere a suite may be skipped whose outside service is missing (test/support/outside-service.ts).
  forbidPending: env.CI !== undefined,
  failZero: true,
  'node-option': ['enable-source-maps'],
};
