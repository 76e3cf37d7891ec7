import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['tests/build.ts'],
    // Most of a test is waiting for an answer: by default one core of two would stay idle.
    maxWorkers: '100%',
    reporters: ['default', './tests/closing-line.ts'],
    // For what hangs, not for what is slow: a busy machine must not fail a test.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
