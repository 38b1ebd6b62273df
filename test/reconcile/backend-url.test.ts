import { expect, test } from 'vitest';
import { withoutAttributeFiles } from '../../src/reconcile/backend-url.ts';

test.each([
  ['file:///state', 'file:///state?metadata=skip'],
  ['file://~', 'file://~?metadata=skip'],
  ['file:///state?no_tmp_dir=true', 'file:///state?no_tmp_dir=true&metadata=skip'],
  ['file:///state?metadata=', 'file:///state?metadata='],
  ['s3://states', 's3://states'],
])('a backend at %s is opened as %s', (url, opened) => {
  expect(withoutAttributeFiles({ PULUMI_BACKEND_URL: url, PATH: '/bin' })).toEqual({
    PULUMI_BACKEND_URL: opened,
    PATH: '/bin',
  });
});

test('a backend that is not named stays so', () => {
  expect(withoutAttributeFiles({ PATH: '/bin' })).toEqual({ PATH: '/bin' });
});
